/** Asks the browser to keep the program, where it can: in a secure context, and never in the way of the first screen. */
export function keepProgram(): void {
  if (!("serviceWorker" in navigator)) return;
  const register = (): void => {
    navigator.serviceWorker.register("service-worker.js", { scope: "./" }).catch(() => undefined);
  };
  // The program comes behind the page, which may be there in full by now.
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
