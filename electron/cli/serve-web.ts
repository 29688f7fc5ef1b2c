import type { RunningBackend } from "../backend.ts";
import { startWebHost, type WebHost } from "../host/index.ts";
import { readLastPort, rememberPort } from "./last-port.ts";
import { announceInstance, newInstanceKey } from "./running-instance.ts";

export interface ServeOptions {
  running: RunningBackend;
  dataDir: string;
  pageFolder: string;
  /** 0 for the last one if it is free, else any. */
  port: number;
  log: (line: string) => void;
  /** How long the last page may be gone before `abandoned` resolves; undefined: for ever. */
  lingerMs?: number;
}

export interface Served {
  host: WebHost;
  /** Resolves when a start link has let a browser in. */
  entered: Promise<void>;
  /** Resolves when every page has been gone for a while and nothing is going on. */
  abandoned: Promise<void>;
  close(): Promise<void>;
}

/** Serves the app to a browser and leaves word of it in the data folder, so that a second start finds it. */
export async function serveWeb(options: ServeOptions): Promise<Served> {
  const { running, lingerMs } = options;
  const abandoned = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closing = false;
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      if (running.activity() === undefined) abandoned.resolve();
      else wait(ms);
    }, ms);
  };
  const key = newInstanceKey();
  const listen = (port: number) =>
    startWebHost({
      backend: running.backend,
      pageFolder: options.pageFolder,
      port,
      log: options.log,
      instanceKey: key,
      onEntered: entered.resolve,
      onPages(connected) {
        clearTimeout(timer);
        if (connected === 0 && lingerMs !== undefined && !closing) wait(lingerMs);
      },
    });
  const last = options.port === 0 ? await readLastPort(options.dataDir) : 0;
  const host = await listen(options.port || last).catch((error: unknown) => {
    if (last === 0) throw error;
    return listen(0); // somebody else has it now
  });
  await rememberPort(options.dataDir, host.port);
  const withdraw = await announceInstance(options.dataDir, host.port, key);
  return {
    host,
    entered: entered.promise,
    abandoned: abandoned.promise,
    async close() {
      closing = true;
      clearTimeout(timer);
      await withdraw();
      await host.close();
    },
  };
}
