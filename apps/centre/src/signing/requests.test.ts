import { describe, expect, it } from "vitest";
import { MOST_WAITING, REQUEST_LIFETIME_MICROSECONDS, SigningRequests } from "./requests.ts";

const draft = { component: "A", payloadType: "application/x", payload: "AA==", createdAt: 0 } as const;

function queue() {
  let wall = 1_000;
  const requests = new SigningRequests(() => wall);
  const file = (officer: string, purpose: "session" | "statement") =>
    requests.create({ ...draft, officer, purpose }).request.id;
  const fill = (officer: string, purpose: "session" | "statement") =>
    Array.from({ length: MOST_WAITING }, () => file(officer, purpose));
  const waiting = (officer: string) => requests.waitingFor(officer).map(({ id }) => id);
  const pass = (microseconds: number) => {
    wall += microseconds;
  };
  return { requests, file, fill, waiting, pass };
}

describe("signing requests", () => {
  it("a session request too many displaces the oldest of the same officer, and its asker is told", () => {
    const { requests, file, fill, waiting } = queue();
    const [oldest, ...others] = fill("A-1", "session");
    const newest = file("A-1", "session");
    expect(waiting("A-1")).toEqual([...others, newest]);
    expect(requests.get(oldest!)).toMatchObject({ state: "expired", fault: { code: "signing.too-many" } });
  });

  it("a flood of session requests touches neither statements nor another officer", () => {
    const { file, fill, waiting } = queue();
    const statements = fill("A-1", "statement");
    const other = file("B-1", "session");
    for (let round = 0; round < 3; round++) fill("A-1", "session");
    expect(waiting("A-1")).toEqual(expect.arrayContaining(statements));
    expect(waiting("A-1")).toHaveLength(2 * MOST_WAITING);
    expect(waiting("B-1")).toEqual([other]);
  });

  it("statements are filed while session requests fill their share, and refused beyond their own", () => {
    const { file, fill, waiting } = queue();
    fill("A-1", "session");
    const statements = fill("A-1", "statement");
    expect(() => file("A-1", "statement")).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: "signing.too-many" }) }),
    );
    expect(waiting("A-1").slice(-MOST_WAITING)).toEqual(statements);
    expect(() => file("A-2", "statement")).not.toThrow();
  });

  it("what has ended or expired counts no more", () => {
    const { requests, file, fill, pass } = queue();
    const [first] = fill("A-1", "statement");
    requests.settle(first!, { state: "declined" });
    expect(() => file("A-1", "statement")).not.toThrow();
    pass(REQUEST_LIFETIME_MICROSECONDS + 1);
    expect(() => file("A-1", "statement")).not.toThrow();
  });
});
