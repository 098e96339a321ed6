// Addresses: there and back, and whatever a hand can type.
import { describe, expect, it } from "vitest";
import { href, parse, router } from "./router.svelte";

describe("addresses", () => {
  it("go there and back", () => {
    const address = href(["services", "spotify"], { tab: "holds", kind: ["inferred", "used"], from: null, q: "a&b=c ü/" });
    const place = parse(address);
    expect(place.path).toEqual(["services", "spotify"]);
    expect(place.query.getAll("kind")).toEqual(["inferred", "used"]);
    expect(place.query.get("q")).toBe("a&b=c ü/");
    expect(place.query.has("from")).toBe(false);
  });

  it("keep slashes and marks of an id inside its part", () => {
    expect(parse(href(["services", "a/b?c#d"])).path).toEqual(["services", "a/b?c#d"]);
  });

  it("survive what a hand can type", () => {
    expect(parse("").path).toEqual([]);
    expect(parse("#/%E0%A4%A/x").path).toEqual(["%E0%A4%A", "x"]);
    expect(parse("#/timeline?&&=").path).toEqual(["timeline"]);
  });

  it("change the place at once, with or without a step back", () => {
    router.go("timeline", { service: ["spotify"] });
    expect(location.hash).toBe("#/timeline?service=spotify");
    expect(router.place.query.getAll("service")).toEqual(["spotify"]);
    const steps = history.length;
    router.go("timeline", { service: ["netflix"] }, true);
    expect(router.place.query.get("service")).toBe("netflix");
    expect(history.length).toBe(steps);
  });
});
