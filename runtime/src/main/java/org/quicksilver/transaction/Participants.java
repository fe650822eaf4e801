package org.quicksilver.transaction;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in one transaction below one node, in the order of joining. Immutable; a change
 * makes a new one that shares with the old one what it can.
 */
abstract sealed class Participants extends AbstractMap<ParticipantId, Participant>
    permits FewParticipants, ManyParticipants {

  /** The same, copied unless it is one already; keeps the order. */
  static Participants of(Map<ParticipantId, Participant> map) {
    if (map instanceof Participants known) {
      return known;
    }
    Participants all = FewParticipants.NONE;
    if (map.isEmpty()) {
      return all;
    }
    for (Participant each : map.values()) {
      all = all.with(each);
    }
    return all;
  }

  abstract @Nullable Participant find(ParticipantId id);

  /** With this one, in its old place if it was there, otherwise as the last. */
  abstract Participants with(Participant participant);

  /** Without this one, which may be none. */
  abstract Participants without(ParticipantId id);

  /** Each changed, in order; a change never changes who it is. */
  abstract Participants mapped(UnaryOperator<Participant> change);

  /** The bits of every {@link Trait} that any of them has. */
  abstract int traits();

  /** They, in the order of joining. */
  abstract Iterator<Participant> iterator();

  @Override
  public @Nullable Participant get(@Nullable Object key) {
    return key instanceof ParticipantId id ? find(id) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public abstract int size();

  @Override
  public Set<Entry<ParticipantId, Participant>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return Participants.this.size();
      }

      @Override
      public Iterator<Entry<ParticipantId, Participant>> iterator() {
        return entries(Participants.this.iterator());
      }
    };
  }

  private static Iterator<Entry<ParticipantId, Participant>> entries(Iterator<Participant> each) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public Entry<ParticipantId, Participant> next() {
        Participant next = each.next();
        return Map.entry(next.id(), next);
      }
    };
  }
}
