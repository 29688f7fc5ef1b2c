import { createWriteStream } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { join } from "node:path";

const mostBytes = 1 << 20;

export interface LogFile {
  path: string;
  write(line: string): void;
  close(): Promise<void>;
}

/** The app's own log in its data folder, readable by its user only; an older one is kept when it grew long. */
export async function openLogFile(dataDir: string): Promise<LogFile> {
  const path = join(dataDir, "flowdeck.log");
  const size = await stat(path).then(
    (found) => found.size,
    () => 0, // there is none yet
  );
  if (size > mostBytes) await rename(path, `${path}.1`);
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  let broken = false;
  stream.on("error", (error) => {
    if (!broken) process.stderr.write(`The log ${path} cannot be written: ${error.message}\n`);
    broken = true;
  });
  return {
    path,
    write: (line) => void (broken || stream.write(`${new Date().toISOString()} ${line}\n`)),
    close: () => new Promise((resolve) => (broken ? resolve() : stream.end(() => resolve()))),
  };
}
