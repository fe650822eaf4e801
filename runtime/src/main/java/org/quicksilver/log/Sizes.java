package org.quicksilver.log;

import org.quicksilver.log.NodeStore.Section;

/**
 * How much a store holds.
 *
 * @param entries of each section; 0 for the usual number
 * @param auditLines lines of the audit trail that are kept in its map. Too small: lines are
 *     archived often; too large: recovery after an unclean stop takes long
 */
record Sizes(int entries, int auditLines) {

  static final Sizes USUAL = new Sizes(0, 20_000);

  MapShape of(Section section) {
    MapShape usual =
        switch (section) {
          case TRANSACTIONS -> new MapShape("transactions", 20_000, 40, 600);
          case LINKS -> new MapShape("links", 20_000, 80, 300);
          case HANDLES -> new MapShape("handles", 20_000, 40, 1_000);
          case META -> new MapShape("meta", 4_000, 40, 800);
        };
    return entries == 0 ? usual : usual.entries(entries);
  }

  MapShape auditLinesShape() {
    return new MapShape("audit", room(), Long.BYTES, 1_500);
  }

  MapShape auditKeysShape() {
    return new MapShape("audit-keys", room(), 40, Long.BYTES);
  }

  private int room() {
    return auditLines + auditLines / 4 + 64;
  }
}
