import { KeyRound } from "../../ui/icons.ts";

/** Somebody's sign beside their name: round for a person, square for a service account. */
export function Face({ name, kind }: { name: string; kind: string }) {
  const isAccount = kind === "ServiceAccount";
  return (
    <span aria-hidden className={isAccount ? "face face-account" : "face"} title={name}>
      {isAccount ? <KeyRound size={11} /> : ([...name][0] ?? "?").toUpperCase()}
    </span>
  );
}
