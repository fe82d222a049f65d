// What may stand in a stored SVG: everything that draws, nothing that runs, links or loads.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const allowedElements = words(`
  svg g a defs symbol use switch title desc style
  path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop clipPath mask pattern marker
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
  feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
  animate animateMotion animateTransform mpath set view
`);

/** The elements in which text flows. */
const textElements = words("text tspan textPath");

/** A link goes and its group stays, with what it moves and paints: between letters that is a span. `parent`: as it is written. */
export function keptAs(element: string, parent: string | undefined): string {
  if (element !== "a") return element;
  return parent !== undefined && textElements.has(parent) ? "tspan" : "g";
}

/** Elements whose `attributeName` decides what they change, so it must be one of the attributes below. */
export const animationElements = words("animate animateTransform set");

/** `href` and `style` are not here: they have rules of their own. */
export const allowedAttributes = words(`
  id class lang role tabindex x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points pathLength rotate
  width height viewBox preserveAspectRatio version baseProfile
  transform gradientTransform patternTransform gradientUnits patternUnits patternContentUnits spreadMethod offset
  clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient
  lengthAdjust textLength startOffset method spacing side media type systemLanguage requiredFeatures
  filterUnits primitiveUnits in in2 result mode values operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX
  targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent
  limitingConeAngle azimuth elevation z pointsAtX pointsAtY pointsAtZ scale xChannelSelector yChannelSelector
  stdDeviation radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude exponent
  attributeName attributeType from to by begin dur end min max restart repeatCount repeatDur calcMode keyTimes
  keySplines keyPoints path origin additive accumulate
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
  color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity fill-rule filter
  flood-color flood-opacity font font-family font-feature-settings font-size font-size-adjust font-stretch font-style
  font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning
  letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
  overflow paint-order pointer-events shape-rendering solid-color solid-opacity stop-color stop-opacity stroke
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
  text-anchor text-decoration text-orientation text-overflow text-rendering transform-box transform-origin
  unicode-bidi vector-effect visibility white-space word-spacing writing-mode
`);

export const isAllowedAttribute = (name: string): boolean =>
  allowedAttributes.has(name) || /^aria-[a-z]+$/.test(name);

const namespaces = {
  svg: "http://www.w3.org/2000/svg",
  xlink: "http://www.w3.org/1999/xlink",
  xml: "http://www.w3.org/XML/1998/namespace",
} as const;

export { namespaces };
