import type { AccessQuestion, ContextId } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";

interface Answer {
  allowed: boolean;
  reason?: Message;
}

const keptMs = 60_000;

/** What this user may do, asked once a minute at most: menus ask the same again and again. */
export class AccessAnswers {
  readonly #kept = new Map<string, { at: number; answer: Promise<Answer> }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @param context its id: the same question has another answer in another cluster, or as somebody else */
  async ask(context: ContextId, client: ClusterClient, questions: readonly AccessQuestion[]): Promise<Answer[]> {
    this.#forgetOld();
    return await Promise.all(questions.map((question) => this.#one(context, client, question)));
  }

  #one(context: ContextId, client: ClusterClient, question: AccessQuestion): Promise<Answer> {
    const { verb, group, resource, subresource, namespace } = question;
    const key = JSON.stringify([context, verb, group, resource, subresource, namespace]);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept.answer;
    const answer = client.mayI({
      verb,
      group,
      resource,
      ...(subresource === undefined ? {} : { subresource }),
      ...(namespace === undefined ? {} : { namespace }),
    });
    this.#kept.set(key, { at: this.#now(), answer });
    // A failure is told to who asked, and asked again next time.
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }

  #forgetOld(): void {
    const oldest = this.#now() - keptMs;
    for (const [key, { at }] of this.#kept) if (at <= oldest) this.#kept.delete(key);
  }
}
