/** Sending a file so that what is signed for is what was chosen here, whatever the line or the centre made of it. */
import { FaultError } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";

interface Kept {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Sends a file of at most so many bytes; answers what was kept of it once its hash is that of the bytes here. Errors (thrown):
 * `attachment.too-large`, `attachment.changed`, those of sending.
 */
export async function sendWhole(
  file: File,
  mostBytes: number,
  send: (file: Blob, name: string) => Promise<Kept>,
): Promise<Kept> {
  if (file.size > mostBytes)
    throw new FaultError({
      ...{ code: "attachment.too-large", what: "file" },
      ...{ expected: `at most ${mostBytes} bytes`, got: `${file.size}` },
    });
  const own = bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
  const kept = await send(file, file.name);
  if (kept.sha256 === own) return kept;
  throw new FaultError({ code: "attachment.changed", what: "file", expected: own, got: kept.sha256 });
}
