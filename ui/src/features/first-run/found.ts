// Finding a service by what people call it.
import type { Service } from "../../ipc";

/** Services of which the name or an alias has a word that starts with `wanted`. */
export function found<S extends Pick<Service, "name" | "aliases">>(services: readonly S[], wanted: string): S[] {
  const words = wanted.trim().toLocaleLowerCase();
  if (words === "") return [...services];
  const starts = (text: string) => {
    const name = text.toLocaleLowerCase();
    return name.startsWith(words) || name.split(/[\s+-]+/).some((part) => part.startsWith(words));
  };
  return services.filter((service) => [service.name, ...service.aliases].some(starts));
}
