import { createSocket } from "node:dgram";
import { once } from "node:events";

/** What a name has: addresses, or no answer at all. */
export type Zone = Readonly<Record<string, readonly string[] | "silent">>;

/** A DNS server on a loopback port that has these IPv4 addresses, and says of every other name that there is none. */
export async function startDns(zone: Zone): Promise<{ server: string; close(): void }> {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const end = query.indexOf(0, 12);
    const name = labelsOf(query.subarray(12, end));
    const found = zone[name];
    if (found === "silent") return;
    const question = query.subarray(12, end + 5);
    const isA = query.readUInt16BE(end + 1) === 1;
    const addresses = isA ? (found ?? []) : [];
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    // An answer, recursion done; NXDOMAIN for what is not in the zone.
    head.writeUInt16BE(found === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(addresses.length, 6);
    const answers = addresses.map((address) =>
      // The name as in the question, type A, class IN, one minute, four bytes.
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]),
    );
    socket.send(Buffer.concat([head, question, ...answers]), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { server: `127.0.0.1:${socket.address().port}`, close: () => void socket.close() };
}

function labelsOf(bytes: Buffer): string {
  const labels: string[] = [];
  for (let at = 0; at < bytes.length; at += (bytes[at] ?? 0) + 1)
    labels.push(bytes.subarray(at + 1, at + 1 + (bytes[at] ?? 0)).toString());
  return labels.join(".").toLowerCase();
}
