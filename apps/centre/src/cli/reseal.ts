/** `jmc reseal`: every entry so far is sealed once more, with SHA-512, by an entry of the record itself. */
import { type ResealedBody, resealDigest } from "@openjmc/record";
import { sha512Hex } from "../archive/verification.ts";
import { withRecord } from "../door/record-at-hand.ts";
import { readLeaves } from "../record/index.ts";
import { DONE, print, say } from "./terminal.ts";

const BUNDLE = 256;

/** Works beside a running centre. */
export async function runReseal(folder: string, flags: { readonly json?: boolean }): Promise<number> {
  const body = await withRecord(folder, "reseal", async ({ paths, file, state, act }): Promise<ResealedBody> => {
    const { size } = state.history;
    const bundle = async (index: number, width: number) => [
      ...readLeaves(paths.record, index * BUNDLE + width, index * BUNDLE),
    ];
    const sha512 = (await resealDigest(sha512Hex, file.origin, size, bundle))!;
    await act([{ kind: "record.resealed", subject: `reseal-${size}`, body: { size, sha512 } }]);
    return { size, sha512 };
  });
  if (flags.json) print(JSON.stringify(body));
  else say(`entries before ${body.size} are sealed once more: SHA-512 ${body.sha512}`);
  return DONE;
}
