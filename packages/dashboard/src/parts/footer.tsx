import { fleet, mesh } from '../data/store.ts';
import { momentText } from '../model/wording.ts';

/** Of when and of whom the page is. */
export function Footer() {
  const shown = fleet.value;
  return (
    <footer class="foot">
      {shown !== undefined && <span>{`State of ${momentText(shown.atMs)}`}</span>}
      <span>All times are UTC</span>
      {mesh.value !== undefined && <span>{`Term ${mesh.value.term}, generation ${mesh.value.generation}`}</span>}
    </footer>
  );
}
