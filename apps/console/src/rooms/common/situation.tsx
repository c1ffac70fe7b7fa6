/** The map in the common room: features from rows, the moving picture from its store, selection and box from the address. */
import { type AirTarget, airEyeOf, type EventRow, WATCH_ALTITUDES } from "@openjmc/model";
import { useEffect, useRef, useState } from "react";
import { readContingent } from "../../api/mission-endpoints.ts";
import { useCentre, zonesAt } from "../../centre/use-centre.ts";
import { useSkylines } from "../../centre/use-skylines.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { airCells, eyesAt } from "../../map/air-cells.ts";
import {
  allegationPoints,
  cameraGrounds,
  collection,
  collectionAreas,
  coverageAreas,
  cueShapes,
  eventEllipses,
  eventPoints,
  placePoints,
  postShapes,
  sightingAreas,
  sightingPoints,
  sourcePoints,
  zoneFeatures,
} from "../../map/features.ts";
import { SituationMap } from "../../map/situation-map.ts";
import { pictureVersion } from "../../picture/picture.ts";
import { usePictures } from "../../picture/use-pictures.ts";
import { useFreshRows, useRows } from "../../rows/use-rows.ts";
import { useStore } from "../../state/store.ts";
import { useIsDark } from "../../theme/theme.ts";
import { FaultNote } from "../../ui/fault-note.tsx";
import { CheckField, SelectField } from "../../ui/fields.tsx";
import { formatAir, LAYERS, parseAir, type Selection, type ViewBox } from "../../url/view-state.ts";
import { changeView, select, showAir, useView, view as viewStore } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { useAsked } from "../mission/use-asked.ts";
import styles from "./common-room.module.css";
import { useHistory } from "./use-history.ts";
import type { PictureRows } from "./use-picture-rows.ts";
import { usePlaceOf } from "./use-place-of.ts";

/** What an address selected together with its box: whoever follows a link sees the very box that was sent. */
const linked = viewStore.get().box === undefined ? undefined : viewStore.get().selection;

export default function Situation({ picture }: { readonly picture: PictureRows }) {
  const dark = useIsDark();
  const words = useWords();
  return (
    <>
      <MapSurface key={`${dark}${words.locale}`} picture={picture} />
      <LayerChoice />
      <p className={styles.legend}>{words.say("console.map.boundaries")}</p>
    </>
  );
}

function MapSurface({ picture }: { readonly picture: PictureRows }) {
  const words = useWords();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<SituationMap>();
  const [error, setError] = useState<unknown>();
  const centre = useCentre();
  const pictures = usePictures();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once per language and theme (its key); later changes reach it below.
  useEffect(() => {
    const texts = { altitude: words.formats.metres, ground: words.say("console.map.onGround") };
    const mapTexts = {
      "Map.Title": words.say("console.map"),
      "NavigationControl.ZoomIn": words.say("console.map.zoomIn"),
      "NavigationControl.ZoomOut": words.say("console.map.zoomOut"),
      "ScaleControl.Meters": words.say("console.map.m"),
      "ScaleControl.Kilometers": words.say("console.map.km"),
    };
    try {
      const made = new SituationMap(
        container.current!,
        { ...centre.mission.mapCentre, box: viewStore.get().box },
        pictures.live,
        texts,
        { moved: (box) => changeView({ box }, "replace"), picked: select },
        mapTexts,
      );
      setMap(made);
      return () => made.remove();
    } catch (thrown) {
      setError(thrown);
      return undefined;
    }
  }, []);
  return (
    <div className={styles.ground}>
      {error === undefined ? null : <FaultNote error={error} />}
      <div ref={container} style={{ height: "100%" }} />
      {map === undefined ? null : <MapContents map={map} picture={picture} />}
    </div>
  );
}

/** Brings rows and choices to the map as they change. */
function MapContents({ map, picture }: { readonly map: SituationMap; readonly picture: PictureRows }) {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  const { clock, hidden, selection, air, box } = useView();
  const coverage = useRows("coverage").rows;
  const plan = useRows("collection").rows;
  const skylines = useSkylines();
  const pictures = usePictures();
  const version = useStore(pictureVersion);
  const minute = Math.floor(useShownTime(5000) / 60e6) * 60e6;
  const sources = useFreshRows("sources").rows;
  const sightings = useRows("sightings").rows;
  const allegations = useRows("allegations").rows;
  const cues = useRows("cues").rows;
  const history = useHistory(selection, picture);
  const place = usePlaceOf(selection, picture);
  const contingent = useAsked("contingent", readContingent).data;
  const live = clock.mode === "live";
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew whenever the picture has changed.
  useEffect(() => {
    map.showPicture(live ? pictures.live : pictures.past);
  }, [map, live, pictures, version]);
  useEffect(() => {
    map.hide(hidden);
  }, [map, hidden]);
  useEffect(() => {
    map.selectTrack(selection?.kind === "track" ? selection.id : undefined);
  }, [map, selection]);
  // Once per selection, as soon as its place is known: later the officer moves the map, not the map itself.
  const shownFor = useRef<Selection>(linked);
  useEffect(() => {
    if (selection === undefined || place === undefined || shownFor.current === selection) return;
    shownFor.current = selection;
    map.goTo(place.lon, place.lat);
  }, [map, selection, place]);
  useEffect(() => {
    map.show("places", placePoints(mission, words));
    map.show("posts", postShapes(contingent, nameOf, words));
  }, [map, mission, contingent, nameOf, words]);
  useEffect(
    () => map.show("zones", zoneFeatures(zonesAt(mission.zones, minute), words)),
    [map, mission.zones, minute, words],
  );
  // Counters of a source change every second; the map only shows where it stands and how it is.
  const health = sources.map((source) => `${source.id} ${source.state} ${source.rangeMetres}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: fed anew when a source's health has changed.
  useEffect(() => {
    map.show("sources", sourcePoints(sources));
    const circles = coverageAreas(air === undefined ? sources : sources.filter((one) => !airEyeOf(one)));
    map.show("coverage", collection([...circles.features, ...collectionAreas(plan, minute).features]));
    map.show("camera-grounds", cameraGrounds(sources));
  }, [map, health, air === undefined, plan, minute]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: reckoned anew when a source's health, the choice or the map's box has changed.
  useEffect(() => {
    const at = live ? undefined : minute;
    const cells = air && airCells(eyesAt(sources, coverage, at, skylines), box ?? boxAround(mission.mapCentre), air);
    map.show("air-cells", cells ?? collection([]));
  }, [map, health, air, box, live, live ? 0 : minute, live ? 0 : coverage, skylines]);
  useEffect(() => {
    const shown = newest(picture.events);
    map.show("event-ellipses", eventEllipses(shown));
    map.show("events", eventPoints(shown, minute));
  }, [map, picture.events, minute]);
  useEffect(() => {
    map.show("sightings", sightingPoints(sightings));
    map.show("sighting-areas", sightingAreas(sightings));
  }, [map, sightings]);
  useEffect(() => map.show("cues", cueShapes(cues, minute + 60e6, words)), [map, cues, minute, words]);
  useEffect(() => {
    map.show("allegations", allegationPoints(allegations));
  }, [map, allegations]);
  useEffect(() => {
    map.show("history", history ?? collection([]));
  }, [map, history]);
  return null;
}

/** Until the map tells what it shows. */
function boxAround({ lon, lat }: { readonly lon: number; readonly lat: number }): ViewBox {
  return [lon - 1.6, lat - 1, lon + 1.6, lat + 1];
}

const TARGETS: readonly AirTarget[] = ["silent", "broadcasting"];

/** Circles of range, or how well the air is watched at an altitude. */
function AirChoice() {
  const words = useWords();
  const land = useCentre().mission.terrain !== undefined;
  const { air } = useView();
  const choices = TARGETS.flatMap((target) =>
    WATCH_ALTITUDES.map((altitudeMetres) => ({
      value: formatAir({ altitudeMetres, target }),
      label: words.say(`air.map.${target}`, { altitude: words.formats.metres(altitudeMetres) }),
    })),
  );
  return (
    <>
      <SelectField
        label={words.say("air.map.choose")}
        value={air === undefined ? "" : formatAir(air)}
        choices={[{ value: "", label: words.say("air.map.off") }, ...choices]}
        onValue={(value) => showAir(parseAir(value))}
      />
      {air === undefined ? null : <p>{words.say(land ? "air.map.legendLand" : "air.map.legend")}</p>}
    </>
  );
}

function LayerChoice() {
  const words = useWords();
  const { hidden } = useView();
  return (
    <details className={styles.layers}>
      <summary>{words.say("console.map.layers")}</summary>
      <ul>
        {LAYERS.map((layer) => (
          <li key={layer}>
            <CheckField
              label={words.say(`console.layer.${layer}`)}
              checked={!hidden.includes(layer)}
              onValue={(on) =>
                changeView({ hidden: on ? hidden.filter((one) => one !== layer) : [...hidden, layer] }, "replace")
              }
            />
          </li>
        ))}
      </ul>
      <AirChoice />
    </details>
  );
}

/** A map full of a week's events shows nothing; older ones are reached by the clock, which shows the picture of their time. */
const MOST_EVENTS = 600;

function newest(events: readonly EventRow[]): readonly EventRow[] {
  if (events.length <= MOST_EVENTS) return events;
  return events.toSorted((left, right) => right.originTime - left.originTime).slice(0, MOST_EVENTS);
}
