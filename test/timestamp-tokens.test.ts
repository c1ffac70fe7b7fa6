/** Tokens that OpenSSL made with keys of every sort, judged with Node's cryptography and with WebCrypto as the browser's page does. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, judgeTokenLater, readCertificates, readTimestampResponse, unwrap } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyToken } from "../apps/centre/src/timestamp/verify-token.ts";
import { answerToken } from "../apps/console/src/verifier/cryptography.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const SORTS: Readonly<Record<string, readonly string[]>> = {
  rsa: ["-newkey", "rsa:2048"],
  "P-256": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "P-384": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "P-521": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
};
const USAGE = "extendedKeyUsage=critical,timeStamping\n";

interface Made {
  readonly answer: Uint8Array;
  readonly trusted: readonly Certificate[];
}

describe.skipIf(!hasOpenssl)("time-stamp tokens (needs openssl)", () => {
  let scratch: string;
  const made = new Map<string, Made>();

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "openjmc-token-"));
    for (const sort of Object.keys(SORTS)) made.set(sort, makeToken(sort, sort, USAGE));
    made.set("usage", makeToken("usage", "P-256", "extendedKeyUsage=timeStamping\n", "-sha384", false));
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  /** An authority with a root of its own, and its answer; one that OpenSSL would not make is patched afterwards. */
  function makeToken(name: string, sort: string, usage: string, digest = "-sha256", isAsked = true): Made {
    const folder = join(scratch, name);
    mkdirSync(folder);
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    writeFileSync(join(folder, "ext.cnf"), usage);
    writeFileSync(join(folder, "serial"), "01\n");
    writeFileSync(
      join(folder, "tsa.cnf"),
      [
        "[tsa]\ndefault_tsa=own\n[own]\nserial=serial\nsigner_cert=tsa.pem\ncerts=ca.pem\nsigner_key=tsa.key",
        `signer_digest=${digest.slice(1)}\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n`,
      ].join("\n"),
    );
    const key = SORTS[sort]!;
    const days = ["-days", "30"];
    openssl(
      "req",
      "-x509",
      "-nodes",
      ...key,
      digest,
      ...days,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-subj",
      "/CN=Root",
    );
    openssl("req", "-nodes", ...key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Time");
    const issue = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "ext.cnf", "-out", "tsa.pem"];
    openssl("x509", "-req", "-in", "tsa.csr", digest, ...days, ...issue);
    const trusted = unwrap(readCertificates(readFileSync(join(folder, "ca.pem"), "utf8")));
    if (!isAsked)
      return {
        answer: new Uint8Array(0),
        trusted: unwrap(readCertificates(readFileSync(join(folder, "tsa.pem"), "utf8"))),
      };
    openssl("ts", "-query", "-digest", "ab".repeat(32), "-sha256", "-cert", "-out", "query");
    openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "answer");
    return { answer: new Uint8Array(readFileSync(join(folder, "answer"))), trusted };
  }

  /** Both judges' word, which must be the same. */
  async function judged(answer: Uint8Array, trusted: readonly Certificate[]): Promise<string> {
    const token = unwrap(readTimestampResponse(answer));
    const now = verifyToken(token, trusted);
    const later = await judgeTokenLater(token, trusted, answerToken);
    expect(later).toEqual(now);
    return now?.code ?? "good";
  }

  it.each(Object.keys(SORTS))("under a key of sort %s is good, and only for its own authority", async (sort) => {
    const { answer, trusted } = made.get(sort)!;
    expect(trusted[0]).toMatchObject({ kind: sort, issues: true });
    expect(await judged(answer, trusted)).toBe("good");
    const others = [...made].flatMap(([name, one]) => (name === sort || name === "usage" ? [] : one.trusted));
    expect(await judged(answer, others)).toBe("timestamp.chain");
    expect(await judged(answer, [])).toBe("timestamp.chain");
  });

  it("is refused with any bit of its signature or of what is signed changed, each in its own words", async () => {
    const { answer, trusted } = made.get("P-256")!;
    const token = unwrap(readTimestampResponse(answer));
    const flipped = (bytes: Uint8Array, place: number) => bytes.map((byte, at) => (at === place ? byte ^ 1 : byte));
    const signature = flipped(token.signature, token.signature.length - 3);
    const changes = [
      [{ ...token, signature }, "timestamp.signature"],
      [{ ...token, signedAttributes: flipped(token.signedAttributes, 40) }, "timestamp.signature"],
      [{ ...token, content: flipped(token.content, 30) }, "timestamp.digest"],
      [{ ...token, certificates: [] }, "timestamp.certificate"],
      [{ ...token, certificates: [flipped(token.certificates[0]!, 2)] }, "timestamp.certificate"],
      [{ ...token, time: token.time + 40 * 86_400_000_000 }, "timestamp.expired"],
      [{ ...token, signatureAlgorithm: "1.2.840.113549.1.1.11" }, "timestamp.signature"],
    ] as const;
    for (const [changed, code] of changes) {
      expect(verifyToken(changed, trusted)).toMatchObject({ code });
      expect(await judgeTokenLater(changed, trusted, answerToken)).toMatchObject({ code });
    }
  });

  it("is refused of a certificate whose purpose need not be understood", () => {
    const [certificate] = made.get("usage")!.trusted;
    expect(certificate!.purposes).toEqual({ names: ["1.3.6.1.5.5.7.3.8"], isCritical: false });
    const { answer } = made.get("P-256")!;
    const token = unwrap(readTimestampResponse(answer));
    const stated = {
      ...token.statedCertificate,
      hash: new Uint8Array(
        execFileSync("openssl", ["dgst", `-${token.statedCertificate.digest}`, "-binary"], {
          input: certificate!.whole,
        }),
      ),
    };
    const swapped = { ...token, certificates: [certificate!.whole], statedCertificate: stated };
    expect(verifyToken(swapped, [])).toMatchObject({ code: "timestamp.usage" });
  });
});
