/** Albers' equal-area conic with the parallels used for maps of China (25° and 47°), and the outlines in it. */
import provinces from "./provinces.json" with { type: "json" };

const RAD = Math.PI / 180;
const [SOUTH, NORTH, MERIDIAN, ORIGIN] = [25 * RAD, 47 * RAD, 105 * RAD, 36 * RAD];
const N = (Math.sin(SOUTH) + Math.sin(NORTH)) / 2;
const C = Math.cos(SOUTH) ** 2 + 2 * N * Math.sin(SOUTH);
const RHO0 = Math.sqrt(C - 2 * N * Math.sin(ORIGIN)) / N;

/** Degrees to map units (1,000 a radian), y downwards. */
export function project(longitude, latitude) {
  const rho = Math.sqrt(C - 2 * N * Math.sin(latitude * RAD)) / N;
  const theta = N * (longitude * RAD - MERIDIAN);
  return [1000 * rho * Math.sin(theta), -1000 * (RHO0 - rho * Math.cos(theta))];
}

/** Outlines of the provinces: `{name, path, middle}` with an SVG path in map units and a place for the name. */
export function outlines() {
  return provinces.map(({ name, rings }) => ({
    name,
    middle: middle(rings.reduce((a, b) => (b.length > a.length ? b : a))),
    path: rings
      .map((ring) => {
        let [x, y] = [0, 0];
        const points = [];
        for (let i = 0; i < ring.length; i += 2) {
          x += ring[i];
          y += ring[i + 1];
          points.push(project(x / 100, y / 100).map((v) => v.toFixed(1)).join(","));
        }
        return `M${points.join("L")}Z`;
      })
      .join(""),
  }));
}

/** The middle of a ring's points. */
function middle(ring) {
  let [x, y, left, right, low, high] = [0, 0, Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    x += ring[i];
    y += ring[i + 1];
    [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
  }
  return project((left + right) / 200, (low + high) / 200);
}
