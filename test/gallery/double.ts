import type { CallOutput, MethodName, StreamItem, StreamName } from "../../common/contract/index.ts";
import type { Client } from "../../renderer/state/api/client.ts";

/** A backend that is still at it: no call is answered, no stream says anything. Views show what their stores hold. */
export const silent: Client = {
  host: "web",
  call: () => new Promise(() => undefined),
  subscribe: () => () => undefined,
  connection: "open",
  onConnection: () => () => undefined,
};

/** One that says one thing on each of these streams, and answers these calls always alike. */
export function saying(given: {
  streams?: { [K in StreamName]?: StreamItem<K> };
  answers?: { [K in MethodName]?: CallOutput<K> };
}): Client {
  const { streams = {}, answers = {} } = given;
  return {
    ...silent,
    call: (name) => {
      const answer = answers[name];
      return answer === undefined ? new Promise(() => undefined) : Promise.resolve(answer);
    },
    subscribe: (name, _input, { onItem }) => {
      const item = streams[name];
      if (item !== undefined) queueMicrotask(() => onItem(item));
      return () => undefined;
    },
  };
}
