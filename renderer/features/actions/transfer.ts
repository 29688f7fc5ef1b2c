import type { AppError, ObjectTarget, StreamItem } from "../../../common/contract/index.ts";
import { client } from "../../state/client.ts";

export interface Place {
  target: ObjectTarget;
  container: string;
}

export interface TransferProgress {
  bytes: number;
  /** Of all; undefined when it is not known. */
  total: number | undefined;
  name: string;
}

export type Skipped = Extract<StreamItem<"copy.from">, { type: "end" }>["skipped"];

const chunkBytes = 512 << 10;

/** A file of a container as a Blob, kept by the browser. Rejects with the backend's error; ends when aborted. */
export function download(
  place: Place,
  path: string,
  signal: AbortSignal,
  onProgress: (progress: TransferProgress) => void,
): Promise<{ name: string; data: Blob; files: number; skipped: Skipped }> {
  return new Promise((resolve, reject) => {
    let parts: Blob[] = [];
    let progress: TransferProgress = { bytes: 0, total: undefined, name: path };
    const close = client().subscribe(
      "copy.from",
      { ...place, path },
      {
        onItem(item) {
          if (item.type === "start") {
            // After a lost connection it begins anew.
            parts = [];
            progress = { bytes: 0, total: item.bytes, name: item.name };
          } else if (item.type === "data") {
            const bytes = bytesOf(item.base64);
            parts.push(new Blob([bytes]));
            progress = { ...progress, bytes: progress.bytes + bytes.length };
          } else {
            const { files, skipped } = item;
            resolve({ name: progress.name, data: new Blob(parts), files, skipped });
          }
          onProgress(progress);
        },
        onError: (error: AppError) => reject(Object.assign(new Error(error.message), { error })),
        onEnd: () => close(),
      },
    );
    signal.addEventListener(
      "abort",
      () => {
        close();
        reject(new DOMException("Stopped.", "AbortError"));
      },
      { once: true },
    );
  });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Hands a Blob to the browser's downloads. */
export function save(name: string, data: Blob): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Where a file of a chosen folder goes: with the folder's name before it. */
export function pathOf(file: File): string {
  return file.webkitRelativePath || file.name;
}

/** Copies files into a folder of a container, one after the other. */
export async function upload(
  place: Place,
  folder: string,
  files: readonly File[],
  signal: AbortSignal,
  onProgress: (progress: TransferProgress) => void,
): Promise<{ files: number; bytes: number }> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const { id } = await client().call("copy.open", { ...place, folder }, { signal });
  let bytes = 0;
  let sent = false;
  try {
    for (const file of files) {
      onProgress({ bytes, total, name: file.name });
      await client().call("copy.file", { id, path: pathOf(file), bytes: file.size, modifiedAt: file.lastModified });
      for (let from = 0; from < file.size; from += chunkBytes) {
        signal.throwIfAborted();
        const base64 = await base64Of(file.slice(from, from + chunkBytes));
        await client().call("copy.chunk", { id, base64 });
        bytes = bytes + Math.min(chunkBytes, file.size - from);
        onProgress({ bytes, total, name: file.name });
      }
    }
    sent = true;
  } finally {
    // What went wrong is thrown already; the backend ends a copy that nobody goes on with.
    if (!sent)
      client()
        .call("copy.close", { id, keep: false })
        .catch(() => undefined);
  }
  return await client().call("copy.close", { id, keep: true });
}

function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error("The file can't be read."));
    reader.readAsDataURL(part);
  });
}
