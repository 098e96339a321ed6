// What the first run knows: which key, which services, which country, and whether that can be sent.
import type { Picked, SetUp, SlotKind } from "../../ipc";

export type KeyChoice = Extract<SlotKind, "keyring" | "passphrase" | "key-file">;
export type Fault = "passphrase-empty" | "passphrase-differs" | "key-file-missing";

export class FirstRunForm {
  key: KeyChoice = $state("passphrase");
  passphrase = $state("");
  repeated = $state("");
  keyFile = $state.raw<Picked | null>(null);
  services = $state.raw<string[]>([]);
  country = $state("");

  constructor(keyring: boolean, country = "") {
    this.key = keyring ? "keyring" : "passphrase";
    this.country = country;
  }

  /** What is missing before it can be sent; none when it can. */
  get fault(): Fault | null {
    if (this.key === "passphrase") {
      if (this.passphrase === "") return "passphrase-empty";
      return this.passphrase === this.repeated ? null : "passphrase-differs";
    }
    return this.key === "key-file" && !this.keyFile ? "key-file-missing" : null;
  }

  request(): SetUp {
    return {
      key: this.key,
      passphrase: this.key === "passphrase" ? this.passphrase : null,
      key_file: this.key === "key-file" ? (this.keyFile?.token ?? null) : null,
      services: this.services,
      country: this.country,
    };
  }

  /** What was typed is not kept longer than needed. */
  forget(): void {
    this.passphrase = "";
    this.repeated = "";
  }
}
