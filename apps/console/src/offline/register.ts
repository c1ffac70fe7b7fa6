/** Asks the browser to keep the program, where it can: in a secure context, and never in the way of the first screen. */
export function keepProgram(): void {
  if (!("serviceWorker" in navigator)) return;
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("service-worker.js", { scope: "./" }).catch(() => undefined);
  });
}
