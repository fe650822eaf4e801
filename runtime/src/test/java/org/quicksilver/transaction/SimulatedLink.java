package org.quicksilver.transaction;

/**
 * The link between two nodes, as a connection is: each end notices its loss by itself, sooner or
 * later; then there is a new session, of which both ends hear. What was sent in an earlier session
 * is not delivered to an end that has noticed.
 */
final class SimulatedLink {
  final SimulatedNode one;
  final SimulatedNode other;

  /** A partition: nothing gets through, and nobody knows. */
  boolean isCut;

  /** Time since when a message is missing, which has to be noticed; -1 if none is. */
  int brokenSince = -1;

  int session = 1;
  private boolean upAtOne = true;
  private boolean upAtOther = true;
  private NodeParticipant lifeOfOne;
  private NodeParticipant lifeOfOther;

  SimulatedLink(SimulatedNode one, SimulatedNode other) {
    this.one = one;
    this.other = other;
    lifeOfOne = one.id();
    lifeOfOther = other.id();
  }

  boolean joins(SimulatedNode a, SimulatedNode b) {
    return a == one && b == other || a == other && b == one;
  }

  SimulatedNode peerOf(SimulatedNode end) {
    return end == one ? other : one;
  }

  /** The peer as introduced when the session began. */
  NodeParticipant introducedTo(SimulatedNode end) {
    return end == one ? lifeOfOther : lifeOfOne;
  }

  boolean isUpAt(SimulatedNode end) {
    return end == one ? upAtOne : upAtOther;
  }

  boolean isWhole() {
    return upAtOne && upAtOther && !isCut && brokenSince < 0;
  }

  void missing(int now) {
    brokenSince = brokenSince < 0 ? now : brokenSince;
  }

  void down(SimulatedNode end, int now) {
    upAtOne &= end != one;
    upAtOther &= end != other;
    missing(now);
  }

  /** This end hears that the link is lost, once. */
  void notice(SimulatedNode end, int now) {
    if (isUpAt(end)) {
      down(end, now);
      end.peers.lost(introducedTo(end));
    }
  }

  /** A new session, once both ends have noticed the loss of the old one. */
  void mend(int now) {
    if (isCut || !one.isListening() || !other.isListening() || isWhole()) {
      return;
    }
    notice(one, now);
    notice(other, now);
    if (one.isListening()
        && other.isListening()
        && isWelcome(one, other)
        && isWelcome(other, one)) {
      begin();
    }
  }

  /** Who was declared dead is refused, learns it, and comes back as a later incarnation. */
  private static boolean isWelcome(SimulatedNode guest, SimulatedNode host) {
    if (host.fence.admits(guest.id())) {
      return true;
    }
    guest.cluster.checker.note(guest.id() + " learns that it was declared dead");
    guest.crash(false);
    return false;
  }

  private void begin() {
    session++;
    brokenSince = -1;
    upAtOne = true;
    upAtOther = true;
    lifeOfOne = one.id();
    lifeOfOther = other.id();
    one.peers.back(lifeOfOther);
    other.peers.back(lifeOfOne);
  }
}
