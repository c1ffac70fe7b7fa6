import { describe, expect, test } from "vitest";
import { unwrap } from "../fault.ts";
import { readLeaf } from "../statement/leaf.ts";
import { readerOf, recordOf, verifyMany } from "../testing/memory-record.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { type Scenario, scenario } from "../testing/scenario.ts";
import { verifyRecord } from "../verify/record.ts";
import { tell } from "./tell.ts";

const [A1, B1] = [signerOf("A-Duty-1"), signerOf("B-Duty-1")];
const TEXTS = { en: "Two bursts were heard.", tr: "İki patlama duyuldu." };

async function toldOf(log: Scenario) {
  const result = await verifyRecord(readerOf(await recordOf(log.leaves)), { sha256, verifyMany, story: "short" });
  expect(result.findings).toEqual([]);
  return tell(result).filter(({ code }) => /^verify\.(act|signature|opened)/.test(code));
}

const proposal = (log: Scenario, body: object) => log.propose(A1, { body: { ...body } as never });

describe("a finding is told", () => {
  test("with its words in each language, and everyone who signed them", async () => {
    const log = await scenario();
    const leaf = await proposal(log, { texts: TEXTS });
    log.add(leaf);
    log.add(await log.countersign(B1, leaf));
    expect(await toldOf(log)).toMatchObject([
      { tone: "good", code: "verify.act-joint", values: { kind: "finding.proposed", index: 10 } },
      { code: "verify.act-text", values: { language: "en", text: TEXTS.en } },
      { code: "verify.act-text", values: { language: "tr", text: TEXTS.tr } },
      { code: "verify.signature", values: { officer: "A-Duty-1", index: 9 } },
      { code: "verify.signature", values: { officer: "B-Duty-1", index: 10 } },
    ]);
  });

  test("with the words of whoever dissents beside its own", async () => {
    const log = await scenario();
    const leaf = await proposal(log, { texts: TEXTS });
    log.add(leaf);
    const { statementId } = unwrap(readLeaf(sha256, leaf));
    log.add(
      await log.sign(B1, {
        ...{ kind: "finding.dissented", component: "B", role: "B-Duty-1", subject: "finding-1" },
        body: { proposal: statementId, text: "It was one.\nNo more." },
      }),
    );
    expect((await toldOf(log)).map(({ tone, code, values }) => [tone, code, values.text])).toEqual([
      ["notice", "verify.act-split", undefined],
      ["good", "verify.act-text", TEXTS.en],
      ["good", "verify.act-text", TEXTS.tr],
      ["notice", "verify.act-answer", "It was one.\nNo more."],
      ["good", "verify.signature", undefined],
    ]);
  });

  test.each([
    [{ text: "In no stated language." }, [["verify.opened-text", "In no stated language."]]],
    [{ texts: null }, []],
    [{ texts: { en: 7 } }, []],
    [{ texts: { en: "x".repeat(3_000) } }, [["verify.act-text", `${"x".repeat(2_000)} …`]]],
  ])("with what a body of %o says, and no more than fits", async (body, wanted) => {
    const log = await scenario();
    log.add(await proposal(log, body));
    const told = (await toldOf(log)).filter(({ values }) => values.text !== undefined);
    expect(told.map(({ code, values }) => [code, values.text])).toEqual(wanted);
  });
});
