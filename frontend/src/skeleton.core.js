// Joint angles → points of one side-view figure: the browser's twin of hipbook/motion/skeleton.py.
// Same fields, signs and lengths as there (statures, degrees, extension positive); frontend/golden/skeleton.json
// holds both to the same numbers.

/** @typedef {[number, number]} Point  x forward, y up, in statures */
/** @typedef {{kind: string, x: number, y: number, size: number}} Prop */
/** @typedef {{name?: string, contacts?: string[], props?: Prop[], [field: string]: any}} Pose */

export const THIGH = 0.245, SHANK = 0.245, TOE = 0.042;
export const HEEL = /** @type {Point} */ ([-0.036, -0.04]), BALL = /** @type {Point} */ ([0.07, -0.04]);
const UPPER_ARM = 0.18, FOREARM = 0.195;
const PELVIS_TOP = /** @type {Point} */ ([-0.03, 0.055]);
const SHOULDER = /** @type {Point} */ ([0.03, -0.03]), HEAD = /** @type {Point} */ ([0.026, 0.086]);
const LUMBAR = 0.105, LUMBAR_PIECES = 6, THORAX = 0.16, THORAX_PIECES = 4;
const LORDOSIS_DEG = 14, KYPHOSIS_DEG = 20;

/** Half thickness of the drawn body, in statures. */
export const RADIUS = {
  hip: 0.064, knee: 0.041, calf: 0.036, ankle: 0.023, heel: 0.018, ball: 0.016, toe: 0.011,
  shoulder: 0.034, elbow: 0.025, wrist: 0.019, hand: 0.023, neck: 0.031,
  head_deep: 0.056, head_tall: 0.069,
};

const SEGMENTS = ["thigh", "shank", "foot", "upper_arm", "forearm"];
const JOINTS = [
  "hip_extension_deg", "knee_flexion_deg", "ankle_dorsiflexion_deg", "toe_extension_deg",
  "shoulder_flexion_deg", "elbow_flexion_deg",
];

/** Every field of a pose with its default; x and y (the hip joint) must be given. @type {Record<string, number>} */
export const DEFAULTS = { x: NaN, y: NaN, pelvis_tilt_deg: 0, lumbar_extension_deg: 0, neck_extension_deg: 0 };
for (const side of ["near", "far"]) {
  for (const joint of JOINTS) DEFAULTS[`${side}_${joint}`] = 0;
  for (const segment of SEGMENTS) DEFAULTS[`${side}_${segment}_foreshortening`] = 1;
}
const FIELDS = Object.keys(DEFAULTS);

/** Fill in what a pose leaves out. @param {Pose} pose @returns {Record<string, number>} */
function complete(pose) {
  /** @type {Record<string, number>} */
  const full = {};
  for (const field of FIELDS) full[field] = pose[field] ?? DEFAULTS[field];
  return full;
}

/**
 * The pose `share` of the way from a to b (0…1), each field in a straight line; without contacts and props.
 * @param {Pose} a @param {Pose} b @param {number} share @returns {Record<string, number>}
 */
export function blendPoses(a, b, share) {
  const from = complete(a), to = complete(b);
  /** @type {Record<string, number>} */
  const mixed = {};
  for (const field of FIELDS) mixed[field] = (1 - share) * from[field] + share * to[field];
  return mixed;
}

/**
 * Origin plus (forward, up) of a frame turned clockwise, that is forward-and-down.
 * @param {Point} origin @param {number} turnDeg @param {number} forward @param {number} up @returns {Point}
 */
function from(origin, turnDeg, forward, up) {
  const turn = (turnDeg * Math.PI) / 180, c = Math.cos(turn), s = Math.sin(turn);
  return [origin[0] + forward * c + up * s, origin[1] + up * c - forward * s];
}

/**
 * A smooth bend: straight pieces whose turn goes evenly on.
 * @param {Point} start @param {number} firstDeg @param {number} lastDeg @param {number} length @param {number} pieces
 */
function chain(start, firstDeg, lastDeg, length, pieces) {
  const points = [start], turns = [firstDeg], bend = lastDeg - firstDeg;
  for (let piece = 0; piece < pieces; piece += 1) {
    points.push(from(points[piece], firstDeg + (bend * (piece + 0.5)) / pieces, 0, length / pieces));
    turns.push(firstDeg + (bend * (piece + 1)) / pieces);
  }
  return { points, turns };
}

/** @param {Record<string, number>} q a complete pose */
function spineOf(q) {
  const hip = /** @type {Point} */ ([q.x, q.y]);
  const pelvisTurn = q.pelvis_tilt_deg, trunkTurn = pelvisTurn - q.lumbar_extension_deg;
  const lumbar = chain(
    from(hip, pelvisTurn, ...PELVIS_TOP), pelvisTurn + LORDOSIS_DEG, trunkTurn - LORDOSIS_DEG, LUMBAR, LUMBAR_PIECES,
  );
  const thorax = chain(
    lumbar.points[LUMBAR_PIECES], trunkTurn - LORDOSIS_DEG, trunkTurn + KYPHOSIS_DEG, THORAX, THORAX_PIECES,
  );
  return { hip, pelvisTurn, trunkTurn, lumbar, thorax, neck: thorax.points[THORAX_PIECES] };
}

/**
 * @param {Record<string, number>} q a complete pose @param {string} side
 * @param {Point} hip @param {Point} shoulder @param {number} trunkTurn @returns {Record<string, Point>}
 */
function limbs(q, side, hip, shoulder, trunkTurn) {
  const of = (/** @type {string} */ name) => q[`${side}_${name}`];
  const thigh = q.pelvis_tilt_deg + of("hip_extension_deg");
  const shank = thigh + of("knee_flexion_deg");
  const foot = shank - of("ankle_dorsiflexion_deg");
  const upper = trunkTurn - of("shoulder_flexion_deg");
  const short = of("foot_foreshortening");
  const knee = from(hip, thigh, 0, -THIGH * of("thigh_foreshortening"));
  const ankle = from(knee, shank, 0, -SHANK * of("shank_foreshortening"));
  const ball = from(ankle, foot, BALL[0] * short, BALL[1]);
  const elbow = from(shoulder, upper, 0, -UPPER_ARM * of("upper_arm_foreshortening"));
  const hand = from(elbow, upper - of("elbow_flexion_deg"), 0, -FOREARM * of("forearm_foreshortening"));
  return {
    hip, knee, ankle, ball, shoulder, elbow, hand,
    heel: from(ankle, foot, HEEL[0] * short, HEEL[1]),
    toe: from(ball, foot - of("toe_extension_deg"), TOE * short, 0),
  };
}

/**
 * Where every named point of the body is, in statures; names as in hipbook/motion/skeleton.py.
 * @param {Pose} pose @returns {Record<string, Point>}
 */
export function skeletonPoints(pose) {
  const q = complete(pose), { hip, trunkTurn, lumbar, thorax, neck } = spineOf(q);
  const face = trunkTurn - q.neck_extension_deg, head = from(neck, face, ...HEAD);
  const crease = q.pelvis_tilt_deg + q.near_hip_extension_deg / 2;
  /** @type {Record<string, Point>} */
  const points = {};
  lumbar.points.forEach((point, k) => { points[`lumbar_${k}`] = point; });
  Object.assign(points, {
    pelvis: lumbar.points[0], thorax: thorax.points[2], neck, head,
    crown: from(head, face, 0, RADIUS.head_tall),
    nose: from(head, face, RADIUS.head_deep + 0.012, -0.008),
    front_of_hip: from(hip, crease, 0.058, 0),
    buttock: from(hip, crease, -0.062, 0),
    hip_opening: from(hip, crease, 0.03, 0),
  });
  for (const side of ["near", "far"]) {
    const own = limbs(q, side, hip, from(neck, trunkTurn, ...SHOULDER), trunkTurn);
    for (const [name, point] of Object.entries(own)) points[`${side}_${name}`] = point;
  }
  return points;
}

/** @type {Point[]} */
const SEAT = [[-0.02, -0.06], [-0.062, -0.046], [-0.08, -0.004], [-0.072, 0.04]];
/** @type {Point[]} */
const LAP = [[0.058, 0.066], [0.062, 0.018], [0.04, -0.034]];
const LUMBAR_WALLS = [[2, 0.034, 0.086], [4, 0.035, 0.087]];
const THORAX_WALLS = [[0, 0.037, 0.091], [2, 0.037, 0.1], [3, 0.031, 0.093]];
/** @type {Point[]} */
const YOKE = [[-0.023, -0.002], [0, 0.022], [0.042, 0.006], [0.062, -0.024]];
/** @type {Point[]} */
const BOWL = [
  [-0.05, 0.06], [-0.03, 0.079], [0.004, 0.084], [0.04, 0.068], [0.048, 0.05], [0.03, 0.02],
  [0.034, -0.008], [0.048, -0.026], [0.034, -0.04], [0.004, -0.034], [-0.026, -0.05], [-0.044, -0.038],
  [-0.034, -0.008], [-0.036, 0.026], [-0.052, 0.04],
];

/** @type {Point[]} */
const PROFILE = [
  [0, 0.069], [0.036, 0.057], [0.053, 0.026], [0.054, 0.004], [0.069, -0.018], [0.054, -0.029],
  [0.051, -0.046], [0.036, -0.064], [0.006, -0.058], [-0.03, -0.048], [-0.052, -0.016],
  [-0.055, 0.02], [-0.036, 0.056],
];

/**
 * Control points of the closed, smooth curves that draw trunk, pelvis and head.
 * @param {Pose} pose @returns {{torso: Point[], pelvis: Point[], head: Point[]}}
 */
export function bodyOutlines(pose) {
  const q = complete(pose), { hip, pelvisTurn, trunkTurn, lumbar, thorax, neck } = spineOf(q);
  const face = trunkTurn - q.neck_extension_deg, head = from(neck, face, ...HEAD);
  const walls = [
    ...LUMBAR_WALLS.map(([k, behind, before]) => ({ at: lumbar.points[k], turn: lumbar.turns[k], behind, before })),
    ...THORAX_WALLS.map(([k, behind, before]) => ({ at: thorax.points[k], turn: thorax.turns[k], behind, before })),
  ];
  const onPelvis = (/** @type {Point} */ at) => from(hip, pelvisTurn, ...at);
  return {
    torso: [
      ...SEAT.map(onPelvis),
      ...walls.map((wall) => from(wall.at, wall.turn, -wall.behind, 0)),
      ...YOKE.map((at) => from(neck, trunkTurn, ...at)),
      ...walls.reverse().map((wall) => from(wall.at, wall.turn, wall.before, 0)),
      ...LAP.map(onPelvis),
    ],
    pelvis: BOWL.map(onPelvis),
    head: PROFILE.map((at) => from(head, face, ...at)),
  };
}
