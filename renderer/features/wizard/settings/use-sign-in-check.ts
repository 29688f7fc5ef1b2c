import { useState } from "react";
import type { AppError, ConnectorDraft, SignInFinding, SignInProbe } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";

/** Tries a way to sign in from this computer, and keeps what was found. */
export function useSignInCheck() {
  const [findings, setFindings] = useState<readonly SignInFinding[]>([]);
  const [error, setError] = useState<AppError>();
  const [trying, setTrying] = useState(false);
  return {
    findings,
    error,
    trying,
    /** True where nothing was found that certainly does not work. */
    async check(draft: ConnectorDraft, probe?: SignInProbe): Promise<boolean> {
      setTrying(true);
      setFindings([]);
      setError(undefined);
      const answer = await settle(client().call("signIn.check", { draft, ...(probe ? { probe } : {}) }));
      setTrying(false);
      if (answer.ok) setFindings(answer.value.findings);
      else setError(answer.error);
      return answer.ok && answer.value.findings.every(({ tone }) => tone !== "bad");
    },
  };
}
