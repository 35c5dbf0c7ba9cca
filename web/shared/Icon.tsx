// The few signs that the pages use, drawn as lines on a grid of 24.

const paths = {
  check: 'M4.5 12.5 10 18 19.5 7',
  cross: 'M6 6l12 12M18 6 6 18',
  question: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1 .6-1.7 1.2-1.7 2.500M12 18.300v.2',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  camera: 'M4 8h3l1.5-2.500h7L17 8h3v11H4zM12 16.500a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18h2v2',
  till: 'M5 11h14l1.5 9h-17zM8 11V4h8v7M10.5 7.500h3M8 15h.01M12 15h.01M16 15h.01M10 18h4',
  phone:
    'M7 2.5h10a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 ' +
    '20V4A1.5 1.5 0 0 1 7 2.500zM5.5 7.500h13M9 12.500h6v4H9zM15 14.500h-2',
  network:
    'M12 5.500v5M10.5 12.500l-4.5 4M13.5 12.500l4.5 4M12 3.500a1.8 1.8 0 1 0 0 .01M12 ' +
    '11.700a1.8 1.8 0 1 0 0 .01M5 17.700a1.8 1.8 0 1 0 0 .01M19 17.700a1.8 1.8 0 1 0 0 ' +
    '.01',
  erase: 'M9 6h11v12H9l-6-6zM12 10l4 4M16 10l-4 4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  paste: 'M8 5H5.500v15h13V5H16M9 3.500h6v3.500H9z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  traveller:
    'M12 7.500a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.400zM8.5 22v-7H7V11a2 2 0 0 1 ' +
    '2-2h6a2 2 0 0 1 2 2v4h-1.500v7M12 16v6M19 14v7h3.500v-7zM20.2 14v-2.5',
  shop: 'M4 10v10h16V10M3 8l2-4h14l2 4a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM9.5 20v-5h5v5',
  bank: 'M3 9l9-5 9 5zM4 20h16M6 10v8M10 10v8M14 10v8M18 10v8',
  undo: 'M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9',
} as const;

export type IconName = keyof typeof paths;

/** A sign of `size` pixels; it says nothing to a screen reader, so words must stand beside it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={size > 40 ? 2.2 : 1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
