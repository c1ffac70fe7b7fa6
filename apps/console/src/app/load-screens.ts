/** What stands behind the door: fetched while the officer's signer is waited for, and shown once there is a session. */

export const loadShell = () => import("./shell.tsx");
export const loadPortal = () => import("../portal/portal.tsx");
