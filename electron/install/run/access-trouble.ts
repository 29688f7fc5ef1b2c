import { type ErrorCode, toAppError, type Words } from "../../../common/contract/index.ts";
import { backoffMs, isRetryable, pause } from "../../cluster/index.ts";

/** What usually passes by itself is asked again soon; what the user has to mend (sign in again) only now and then. */
const soon = { baseMs: 200, maxMs: 5_000 };
const slowly = { baseMs: 5_000, maxMs: 30_000 };
/** So long without trouble, and the next one begins with a short pause again. */
const calmMs = 60_000;

/**
 * Requests of many askers, paced by one back-off while the API server can't be asked: then they go one at a time, each
 * after a pause that grows with every failure, because what hinders one of them hinders all. The first that is answered
 * lets the others go.
 */
export class AccessTrouble {
  readonly #signal: AbortSignal;
  readonly #onChange: () => void;
  #error: unknown;
  #failures = 0;
  #failedAt = 0;
  #turns: Promise<void> = Promise.resolve();

  /** `onChange` is called when {@link because} is other than before. */
  constructor(signal: AbortSignal, onChange: () => void) {
    this.#signal = signal;
    this.#onChange = onChange;
  }

  /** Why the API server can't be asked; undefined where it can, as far as is known. */
  get because(): Words | undefined {
    return this.#error === undefined ? undefined : accessWords(this.#error);
  }

  /**
   * Sends a request when it may be sent.
   * @param isTrouble Does this failure hinder every request, not only this one?
   * @throws What the request throws, and the signal's reason.
   */
  async ask<T>(request: () => Promise<T>, isTrouble: (error: unknown) => boolean): Promise<T> {
    if (this.#error === undefined) return await this.#try(request, isTrouble, false);
    const before = this.#turns;
    const done = Promise.withResolvers<void>();
    this.#turns = done.promise;
    try {
      await before;
      if (this.#error !== undefined) {
        const { baseMs, maxMs } = isRetryable(this.#error) ? soon : slowly;
        await pause(backoffMs(this.#failures - 1, baseMs, maxMs), this.#signal);
      }
      return await this.#try(request, isTrouble, true);
    } finally {
      done.resolve();
    }
  }

  async #try<T>(request: () => Promise<T>, isTrouble: (error: unknown) => boolean, inTurn: boolean): Promise<T> {
    this.#signal.throwIfAborted();
    try {
      const answer = await request();
      this.#set(undefined);
      return answer;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (isTrouble(error)) this.#failed(error, inTurn);
      else this.#set(undefined);
      throw error;
    }
  }

  #failed(error: unknown, inTurn: boolean): void {
    const isFirst = this.#error === undefined;
    if (isFirst && Date.now() - this.#failedAt > calmMs) this.#failures = 0;
    // Requests that were under way together fail together: that is one failure.
    if (isFirst || inTurn) this.#failures += 1;
    this.#failedAt = Date.now();
    this.#set(error);
  }

  #set(error: unknown): void {
    if (error === this.#error) return;
    this.#error = error;
    this.#onChange();
  }
}

const phrases: Partial<Record<ErrorCode, Words>> = {
  "credentials-rejected": { en: "the API server rejects the credentials", ko: "API 서버가 자격 증명을 거부함" },
  "exec-failed": { en: "the credential program failed", ko: "자격 증명 프로그램이 실패함" },
  "exec-needs-approval": { en: "the credential program is not approved", ko: "자격 증명 프로그램이 승인되지 않음" },
  forbidden: { en: "the request is not allowed", ko: "요청할 권한이 없음" },
  "cluster-unreachable": { en: "the API server does not answer", ko: "API 서버가 응답하지 않음" },
  "cluster-untrusted": { en: "the API server's certificate is not trusted", ko: "API 서버의 인증서를 신뢰할 수 없음" },
};

/** Why a request could not be answered, short enough to stand behind "because". */
export function accessWords(error: unknown): Words {
  const { code, message } = toAppError(error);
  const { en, ko } = phrases[code] ?? { en: "the API server can't be asked", ko: "API 서버에 요청할 수 없음" };
  const words = message.replace(/\s+/g, " ").replace(/\.$/, "");
  return { en: `${en}: ${words}`, ko: `${ko}: ${words}` };
}
