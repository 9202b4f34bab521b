// Whether the figure is beside its cards, not above them: in a window that is wide, or low (page.css has the same condition).
const SIDE_BY_SIDE = "(min-width: 901px), (min-width: 641px) and (max-height: 560px)";

export const isSideBySide = () => window.matchMedia(SIDE_BY_SIDE).matches;
