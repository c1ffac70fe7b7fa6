/** What the land hides from each sensor of the air, asked for once where the mission gives the shape of the land. */
import type { Skyline } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { readSkylines } from "../api/mission-endpoints.ts";
import { useCentre } from "./use-centre.ts";

/** By source; empty until it is known, and where there is none. */
export function useSkylines(): ReadonlyMap<string, Skyline> {
  const { mission } = useCentre();
  const { data } = useQuery({
    queryKey: ["skylines", mission.id],
    queryFn: readSkylines,
    enabled: mission.terrain !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => new Map((data ?? []).map((skyline) => [skyline.source, skyline])), [data]);
}
