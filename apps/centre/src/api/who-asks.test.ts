import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { refusalOf } from "./who-asks.ts";

const asked = (remoteAddress: string, headers: object = {}, more: object = {}): FastifyRequest =>
  ({ socket: { remoteAddress }, headers, ...more }) as unknown as FastifyRequest;

describe("who may ask", () => {
  it.each(["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])("the machine itself, %s", (address) => {
    expect(refusalOf(asked(address), "machine")).toBeUndefined();
  });

  it.each(["192.0.2.7", "10.0.0.1", "2001:db8::1", "::ffff:192.0.2.7", ""])("not from elsewhere, %s", (address) => {
    expect(refusalOf(asked(address), "machine")).toMatchObject({ code: "session.missing" });
  });

  it.each(["forwarded", "via", "x-forwarded-for", "x-real-ip"])("not through a proxy that says so, %s", (name) => {
    expect(refusalOf(asked("127.0.0.1", { [name]: "127.0.0.1" }), "machine")).toBeDefined();
  });

  it("from anywhere with a session, and the components' own never without", () => {
    const session = { officer: "A-1", roles: ["duty-officer"] };
    for (const form of ["machine", "inside"] as const)
      expect(refusalOf(asked("192.0.2.7", {}, { session }), form)).toBeUndefined();
    expect(refusalOf(asked("127.0.0.1"), "inside")).toMatchObject({ code: "session.missing" });
  });

  it("the liaison officer of a party the portal alone, wherever he stands", () => {
    const session = { officer: "A-Party-1", roles: ["duty-officer", "party:P"] };
    for (const form of ["machine", "inside"] as const)
      expect(refusalOf(asked("127.0.0.1", {}, { session }), form)).toMatchObject({ code: "access.party" });
    expect(refusalOf(asked("192.0.2.7", {}, { session }), "party")).toBeUndefined();
    expect(refusalOf(asked("127.0.0.1"), "party")).toMatchObject({ code: "session.missing" });
  });

  it("one whose token has ended is told to sign in again", () => {
    expect(refusalOf(asked("127.0.0.1", {}, { token: "t" }), "inside")?.got).toContain("sign in again");
    expect(refusalOf(asked("127.0.0.1"), "inside")?.got).toBeUndefined();
  });
});
