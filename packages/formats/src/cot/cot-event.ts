import type { XmlElement } from "../xml/xml-element.ts";

/** One event of Cursor on Target: what, where, from when until when. Source: MITRE, CoT message router user's guide, 2009. */
export interface CotEvent {
  readonly uid: string;
  /** Hierarchy of what it is, such as `a-u-G`. */
  readonly type: string;
  /** How it came to be known, such as `h-e`. */
  readonly how: string;
  /** µs since 1970: when it was told, from when and until when it holds. */
  readonly at: number;
  readonly startAt: number;
  readonly staleAt: number;
  /** Degrees, WGS 84; metres above the ellipsoid, and one standard error of both. Absent where not known. */
  readonly longitude: number;
  readonly latitude: number;
  readonly height?: number;
  readonly horizontalError?: number;
  readonly heightError?: number;
  readonly callsign?: string;
  readonly group?: { readonly name: string; readonly role?: string };
  /** Radians clockwise from true north, metres per second. */
  readonly track?: number;
  readonly groundSpeed?: number;
  readonly batteryPercent?: number;
  readonly remarks?: string;
  /** What else the event's detail holds. */
  readonly details?: readonly XmlElement[];
}

/** Number that stands for a height or an error that is not known. */
export const UNKNOWN = 9_999_999;
