export function createReporter(_: unknown): (request: unknown) => Promise<never> {
  return async () => {
    throw new Error("not yet");
  };
}
