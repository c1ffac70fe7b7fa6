/** The graphics card's part in drawing what moves (WebGL 2, GLSL ES 3.00). */

/** Places are Mercator units from the picture's origin; the screen is north up. */
const PLACE = `
uniform vec2 u_centre;
uniform vec2 u_half;
uniform float u_scale;
vec4 toClip(vec2 place, vec2 pixels) {
  vec2 at = (place - u_centre) * u_scale + pixels;
  return vec4(at.x / u_half.x, -at.y / u_half.y, 0.0, 1.0);
}`;

/** One instance per object: a dart that points where the object goes, or a square for one that stands. */
export const SYMBOL_VERTEX = `#version 300 es
${PLACE}
in vec2 a_corner;
in vec2 a_square;
in float a_x;
in float a_y;
in float a_east;
in float a_north;
in float a_status;
in float a_flags;
uniform float u_grow;
uniform float u_pixel;
uniform vec4 u_colours[4];
out vec4 v_colour;
void main() {
  float speed = length(vec2(a_east, a_north));
  vec2 ahead = speed > 1.0 ? vec2(a_east, -a_north) / speed : vec2(0.0, -1.0);
  vec2 corner = speed > 1.0 ? a_corner : a_square;
  vec2 turned = vec2(-ahead.y * corner.x - ahead.x * corner.y, ahead.x * corner.x - ahead.y * corner.y);
  int flags = int(a_flags);
  int status = int(a_status);
  int which = (flags & 8) != 0 ? 2 : (flags & 4) != 0 ? 1 : 0;
  vec4 colour = u_grow > 1.0 ? u_colours[3] : u_colours[which];
  colour.a *= status == 0 ? 0.45 : status == 2 ? 0.65 : 1.0;
  v_colour = colour;
  gl_Position = toClip(vec2(a_x, a_y), turned * u_grow * u_pixel);
}`;

/** One instance per object: its 95 % ellipse, drawn where it is larger than the symbol. */
export const ELLIPSE_VERTEX = `#version 300 es
${PLACE}
in vec2 a_corner;
in float a_x;
in float a_y;
in float a_major;
in float a_minor;
in float a_azimuth;
uniform vec4 u_colour;
uniform float u_least;
uniform float u_unitsPerMetre;
out vec4 v_colour;
void main() {
  vec2 metres = vec2(a_corner.x * a_major, a_corner.y * a_minor);
  vec2 along = vec2(sin(a_azimuth), -cos(a_azimuth));
  vec2 across = vec2(-along.y, along.x);
  vec2 shift = (along * metres.x + across * metres.y) * u_unitsPerMetre;
  bool small = a_major * u_unitsPerMetre * u_scale < u_least;
  v_colour = u_colour;
  gl_Position = small ? vec4(2.0, 2.0, 2.0, 1.0) : toClip(vec2(a_x, a_y) + shift, vec2(0.0));
}`;

/** One instance per place of every trail's ring: the line to the next place. */
export const TRAIL_VERTEX = `#version 300 es
${PLACE}
in vec2 a_from;
in vec2 a_to;
uniform int u_stride;
uniform vec4 u_colour;
out vec4 v_colour;
void main() {
  bool last = gl_InstanceID % u_stride == u_stride - 1;
  bool gone = last || abs(a_from.x) > 10.0 || abs(a_to.x) > 10.0;
  v_colour = u_colour;
  gl_Position = gone ? vec4(2.0, 2.0, 2.0, 1.0) : toClip(gl_VertexID == 0 ? a_from : a_to, vec2(0.0));
}`;

export const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 v_colour;
out vec4 o_colour;
void main() {
  o_colour = vec4(v_colour.rgb * v_colour.a, v_colour.a);
}`;
