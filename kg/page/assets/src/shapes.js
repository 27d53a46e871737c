/** A sigma node program that draws the shapes of `palette.json`, so that types differ without colour too. */
import { NodeCircleProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const SHAPES = { dot: 0, square: 1, diamond: 2, hexagon: 3, triangle: 4, triangleDown: 5 };

// After sigma's own circle program: one triangle a node, here large enough for corners outside the circle.
const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_angle;
attribute float a_shape;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_offset;
varying float v_shape;
varying float v_feather;
const float bias = 255.0 / 254.0;
void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 corner = 2.8 * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + radius * corner, 1)).xy, 0, 1);
  v_offset = corner;
  v_shape = a_shape;
  v_feather = u_correctionRatio * 2.0 / radius;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_offset;
varying float v_shape;
varying float v_feather;
const vec4 transparent = vec4(0.0);
float outside(vec2 p) {
  vec2 a = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(a.x, a.y) - 0.89;
  if (v_shape < 2.5) return (a.x + a.y) * 0.7071 - 0.89;
  if (v_shape < 3.5) return max(a.y, a.x * 0.866 + a.y * 0.5) - 0.95;
  float y = v_shape < 4.5 ? p.y : -p.y;
  return max(a.x * 0.866 + y * 0.5, -y) - 0.68;
}
void main(void) {
  float d = outside(v_offset);
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.0 ? transparent : v_color;
  #else
  gl_FragColor = mix(v_color, transparent, clamp(d / v_feather + 1.0, 0.0, 1.0));
  #endif
}`;

export class ShapeProgram extends NodeCircleProgram {
  getDefinition() {
    const circle = super.getDefinition();
    return {
      ...circle,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      ATTRIBUTES: [...circle.ATTRIBUTES, { name: "a_shape", size: 1, type: WebGLRenderingContext.FLOAT }],
    };
  }

  processVisibleItem(nodeIndex, startIndex, data) {
    const { array } = this;
    array[startIndex++] = data.x;
    array[startIndex++] = data.y;
    array[startIndex++] = data.size;
    array[startIndex++] = floatColor(data.color);
    array[startIndex++] = nodeIndex;
    array[startIndex] = SHAPES[data.shape] ?? 0;
  }
}
