/** The centre's description as a question that several ask: whoever asks within a minute of another gets the same answer. */
import { describeCentre } from "../api/endpoints.ts";

const FRESH_MILLISECONDS = 60_000;

/** To a session it says more than at the door. */
export const centreQuery = (keyid?: string) => ({
  queryKey: ["centre", keyid],
  queryFn: describeCentre,
  staleTime: FRESH_MILLISECONDS,
});
