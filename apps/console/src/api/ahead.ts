/** Questions that are asked before the program that wants their answers has come: on a poor line that saves a round trip. */

const asked = new Map<string, Promise<Response>>();

/** Asks without saying who asks. */
export function askAhead(path: string): void {
  const answer = fetch(path, { cache: "no-store" });
  // Whoever takes the answer hears of its failure.
  answer.catch(() => undefined);
  asked.set(path, answer);
}

/** The answer to a question that was asked ahead, once. */
export function takeAhead(path: string): Promise<Response> | undefined {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}
