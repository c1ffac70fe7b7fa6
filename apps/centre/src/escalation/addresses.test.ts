import { describe, expect, it } from "vitest";
import { parseAddresses } from "./addresses.ts";
import { isPublicAddress } from "./public-address.ts";

const smtp = { host: "mail.example", port: 465, security: "tls", from: "centre@example.org" };
const parse = (value: unknown) => parseAddresses(typeof value === "string" ? value : JSON.stringify(value));

describe("addresses of recipients", () => {
  it("are taken as they stand", () => {
    const given = {
      smtp,
      recipients: { "a-duty": { email: "x@example.org", webhook: "https://example.org/in", phone: "+1" } },
    };
    expect(parse(given)).toEqual({ ok: true, value: { ...given, allowPrivate: false } });
  });

  it.each([
    ["not JSON", undefined],
    [{ smtp: { ...smtp, security: "none" } }, "smtp.security"],
    [{ smtp: { ...smtp, from: "x" } }, "smtp.from"],
    [{ smtp: { ...smtp, port: 0 } }, "smtp.port"],
    [{ smtp: { ...smtp, pasword: "x" } }, "smtp.pasword"],
    [{ recipients: { a: { email: "x@y.org>\r\nBcc: z@y.org" } } }, "recipients.a.email"],
    [{ recipients: { a: { webhook: "https://user:secret@example.org/" } } }, "recipients.a.webhook"],
    [{ recipients: { a: { webhook: "file:///etc/passwd" } } }, "recipients.a.webhook"],
    [{ recipients: { a: { capTokenSha256: "plain" } } }, "recipients.a.capTokenSha256"],
    [{ allowPrivate: "yes" }, "allowPrivate"],
  ])("%o is refused at %s", (value, field) => {
    expect(parse(value)).toMatchObject({ ok: false, fault: { code: "channels.file" } });
    const parsed = parse(value);
    if (field !== undefined && !parsed.ok) expect(parsed.fault.where?.field).toBe(field);
    expect(JSON.stringify(parsed)).not.toContain("secret");
  });
});

describe("an address inside", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "255.255.255.255",
    "mail.example",
  ])("%s is not gone to", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111"])("%s is of the Internet", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});
