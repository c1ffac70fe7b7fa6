import type { Edition } from "./edition.ts";

/** What a field means for a report of a target or a radar's rotation. */
export const ROLE = {
  sac: 1,
  sic: 2,
  messageType: 3,
  timeOfDay: 4,
  truncatedTime: 5,
  range: 6,
  azimuth: 7,
  x: 8,
  y: 9,
  longitude: 10,
  latitude: 11,
  codeNotValid: 12,
  modeA: 13,
  flightLevelNotValid: 14,
  flightLevel: 15,
  ellipsoidAltitude: 16,
  icao: 17,
  callsign: 18,
  trackNumber: 19,
  groundSpeed: 20,
  track: 21,
  velocityEast: 22,
  velocityNorth: 23,
  verticalRate: 24,
  detection: 25,
  simulated: 26,
  test: 27,
  fromMonitor: 28,
  trackEnded: 29,
  onGround: 30,
  integrityCategory: 31,
  positionAccuracyCategory: 32,
  sector: 33,
  rotationPeriod: 34,
  positionDeviationEast: 35,
  positionDeviationNorth: 36,
  addressKind: 37,
} as const;

type RoleName = keyof typeof ROLE;

/** Fields by role. Where an edition has several of the fields, the last one in the record counts. */
const ROLES: Readonly<Record<number, Partial<Record<RoleName, string>>>> = {
  1: {
    sac: "010/SAC",
    sic: "010/SIC",
    truncatedTime: "141",
    range: "040/RHO",
    azimuth: "040/THETA",
    x: "042/X",
    y: "042/Y",
    codeNotValid: "070/V 070/G",
    modeA: "070/MODE3A",
    flightLevelNotValid: "090/V 090/G",
    flightLevel: "090/HGT",
    trackNumber: "161",
    groundSpeed: "200/GSP",
    track: "200/HDG",
    detection: "020/SSRPSR",
    simulated: "020/SIM",
    test: "020/TST",
    fromMonitor: "020/RAB",
    trackEnded: "170/TRE",
  },
  2: {
    sac: "010/SAC",
    sic: "010/SIC",
    messageType: "000",
    timeOfDay: "030",
    sector: "020",
    rotationPeriod: "041",
  },
  10: {
    sac: "010/SAC",
    sic: "010/SIC",
    messageType: "000",
    timeOfDay: "140",
    range: "040/RHO",
    azimuth: "040/TH",
    x: "042/X",
    y: "042/Y",
    latitude: "041/LAT",
    longitude: "041/LON",
    codeNotValid: "060/V 060/G",
    modeA: "060/MODE3A",
    flightLevelNotValid: "090/V 090/G",
    flightLevel: "090/FL",
    icao: "220",
    callsign: "245/CHR",
    trackNumber: "161/TRK",
    groundSpeed: "200/GSP",
    track: "200/TRA",
    velocityEast: "202/VX",
    velocityNorth: "202/VY",
    simulated: "020/SIM",
    test: "020/TST",
    fromMonitor: "020/RAB",
    trackEnded: "170/TRE",
    onGround: "020/GBS",
  },
  20: {
    sac: "010/SAC",
    sic: "010/SIC",
    timeOfDay: "140",
    x: "042/X",
    y: "042/Y",
    latitude: "041/LAT",
    longitude: "041/LON",
    codeNotValid: "070/V 070/G",
    modeA: "070/MODE3A",
    flightLevelNotValid: "090/V 090/G",
    flightLevel: "090/FL",
    ellipsoidAltitude: "105",
    icao: "220",
    callsign: "245/CHR",
    trackNumber: "161/TRN",
    velocityEast: "202/VX",
    velocityNorth: "202/VY",
    simulated: "020/SIM",
    test: "020/TST",
    fromMonitor: "020/RAB",
    trackEnded: "170/TRE",
    onGround: "020/GBS",
  },
  21: {
    sac: "010/SAC",
    sic: "010/SIC",
    timeOfDay: "030 077 075 071 073",
    latitude: "130/LAT 131/LAT",
    longitude: "130/LON 131/LON",
    modeA: "070/MODE3A",
    flightLevel: "145",
    ellipsoidAltitude: "140",
    icao: "080",
    callsign: "170",
    trackNumber: "161/TRNUM",
    groundSpeed: "160/GS",
    track: "160/TA",
    verticalRate: "155 155/BVR 157 157/GVR",
    simulated: "040/SIM",
    test: "040/TST",
    fromMonitor: "040/RAB",
    onGround: "040/GBS",
    addressKind: "040/ATP",
    integrityCategory: "090/NUCPNIC",
    positionAccuracyCategory: "090/NACP",
  },
  34: {
    sac: "010/SAC",
    sic: "010/SIC",
    messageType: "000",
    timeOfDay: "030",
    sector: "020",
    rotationPeriod: "041",
  },
  48: {
    sac: "010/SAC",
    sic: "010/SIC",
    timeOfDay: "140",
    range: "040/RHO",
    azimuth: "040/THETA",
    x: "042/X",
    y: "042/Y",
    codeNotValid: "070/V 070/G",
    modeA: "070/MODE3A",
    flightLevelNotValid: "090/V 090/G",
    flightLevel: "090/FL",
    icao: "220",
    callsign: "240",
    trackNumber: "161/TRN",
    groundSpeed: "200/GSP",
    track: "200/HDG",
    detection: "020/TYP",
    simulated: "020/SIM",
    test: "020/TST",
    fromMonitor: "020/RAB",
    trackEnded: "170/TRE",
  },
  62: {
    sac: "010/SAC",
    sic: "010/SIC",
    timeOfDay: "070",
    x: "100/X",
    y: "100/Y",
    latitude: "105/LAT",
    longitude: "105/LON",
    codeNotValid: "060/V 060/G",
    modeA: "060/MODE3A",
    flightLevel: "136",
    icao: "380/ADR",
    callsign: "245/CHR 380/ID",
    trackNumber: "040",
    velocityEast: "185/VX",
    velocityNorth: "185/VY",
    verticalRate: "220",
    simulated: "080/SIM",
    trackEnded: "080/TSE",
    positionDeviationEast: "500/APC/X",
    positionDeviationNorth: "500/APC/Y",
  },
  63: { sac: "010/SAC", sic: "010/SIC", timeOfDay: "030" },
  65: { sac: "010/SAC", sic: "010/SIC", messageType: "000", timeOfDay: "030" },
};

/** Factor from the standard's unit to SI; degrees of place stay degrees. */
const FACTOR: Readonly<Record<string, number>> = {
  NM: 1852,
  "NM/s": 1852,
  FL: 30.48,
  ft: 0.3048,
  "ft/min": 0.3048 / 60,
  kt: 1852 / 3600,
  "°": Math.PI / 180,
};

/** Role and factor of each field of an edition, by its id. */
export interface RoleMap {
  readonly roles: Uint8Array;
  readonly factors: Float64Array;
}

const maps = new WeakMap<Edition, RoleMap>();
let latestEdition: Edition | undefined;
let latestMap: RoleMap | undefined;

/** The roles of an edition's fields; categories that speak of nothing reportable have none. */
export function roleMap(edition: Edition): RoleMap {
  // Records of one edition follow each other: most need no look-up.
  if (edition === latestEdition) return latestMap!;
  latestMap = maps.get(edition) ?? makeMap(edition);
  latestEdition = edition;
  return latestMap;
}

function makeMap(edition: Edition): RoleMap {
  const roles = new Uint8Array(edition.fields.length);
  const factors = new Float64Array(edition.fields.length).fill(1);
  for (const [name, paths] of Object.entries(ROLES[edition.category] ?? {})) {
    for (const id of paths.split(" ").map(edition.fieldId)) if (id >= 0) roles[id] = ROLE[name as RoleName];
  }
  edition.fields.forEach(({ unit }, id) => {
    const isPlace = roles[id] === ROLE.longitude || roles[id] === ROLE.latitude;
    if (!isPlace) factors[id] = FACTOR[unit] ?? 1;
  });
  const map = { roles, factors };
  maps.set(edition, map);
  return map;
}

/** Paths that a category's roles name but none of the given editions has: a table renamed them. */
export function unknownRolePaths(category: number, editions: readonly Edition[]): string[] {
  const paths = Object.values(ROLES[category] ?? {}).flatMap((text) => text.split(" "));
  return paths.filter((path) => editions.every((edition) => edition.fieldId(path) < 0));
}
