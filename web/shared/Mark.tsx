// Wayfare's mark: a road in the shape of a W, from an open place to a marked one.

/** The mark in the colour of the text around it; the end of the road is teal. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M6.9 10.8 11.3 24 16 13.5 20.7 24 25.5 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="6" cy="8" r="2.9" fill="none" stroke="currentColor" strokeWidth="2.1" />
      <circle cx="25.8" cy="7.6" r="4.1" fill="var(--teal-bright)" />
    </svg>
  );
}
