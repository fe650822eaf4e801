package org.quicksilver.log;

/**
 * How much a store holds.
 *
 * @param entries of each section; 0 for the usual number
 * @param auditLines lines of the audit trail that are kept in its map. Too small: lines are
 *     archived often; too large: recovery after an unclean stop takes long
 */
record Sizes(int entries, int auditLines) {

  static final Sizes USUAL = new Sizes(0, 20_000);

  MapShape of(MapShape section) {
    return entries == 0 ? section : section.entries(entries);
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
