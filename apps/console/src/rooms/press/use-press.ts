/** Asks about texts and facts, and asks again when the record has something new of them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useFreshRows } from "../../rows/use-rows.ts";

export function usePress<Answer>(key: readonly unknown[], ask: () => Promise<Answer>, isWanted = true) {
  const texts = useFreshRows("texts").rows;
  const claims = useFreshRows("claims").rows;
  const adoptions = useFreshRows("adoptions").rows;
  const queries = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new of the views makes the answers old.
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["press"] });
  }, [texts, claims, adoptions, queries]);
  return useQuery({
    queryKey: ["press", ...key],
    queryFn: ask,
    enabled: isWanted,
    placeholderData: (before) => before,
  });
}
