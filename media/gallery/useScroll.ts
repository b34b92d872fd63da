import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Steps of some size, in px: each pixel would be a new list. */
const STEP_PX = 50;

interface Scroll {
  /** Of the element, in px. */
  readonly width: number;
  /** What of it is above the window, and how much of it the window can show, in px. */
  readonly top: number;
  readonly height: number;
  /** Measures at once, after the window was scrolled. */
  readonly measure: () => void;
}

/** Part of an element that is within the window. */
export function useScroll(element: RefObject<HTMLElement | null>, isHidden: boolean): Scroll {
  const [width, setWidth] = useState(0);
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  const measure = (): void => {
    const box = element.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    setWidth(Math.floor(box.width));
    setSeen({ top: Math.floor(Math.max(0, -box.top) / STEP_PX) * STEP_PX, height: window.innerHeight });
  };
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (element.current) observer.observe(element.current);
    observer.observe(document.body);
    window.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', measure);
    };
  }, [isHidden]);
  return { width, ...seen, measure };
}
