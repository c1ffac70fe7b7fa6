import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventParser } from "./stream.ts";

describe("the reader of server-sent events", () => {
  it("gives the same events however the bytes are cut", () => {
    const text =
      'id: 1\nevent: row\ndata: {"a":1}\n\n: a comment\n\ndata: two\r\ndata: lines\r\n\r\nid:2\ndata:bare\n\n';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
        const events: string[] = [];
        const parser = createEventParser((data, id) => events.push(`${id} ${data}`));
        const places = [0, ...cuts.toSorted((left, right) => left - right), text.length];
        for (let index = 1; index < places.length; index++) parser(text.slice(places[index - 1], places[index]));
        expect(events).toEqual(['1 {"a":1}', "1 two\nlines", "2 bare"]);
      }),
    );
  });
});
