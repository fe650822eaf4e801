package org.quicksilver.transaction;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** So few that looking at all of them is the fastest. */
final class FewParticipants extends Participants {

  static final FewParticipants NONE = new FewParticipants(new Participant[0]);

  private static final int MOST = 8;

  private final Participant[] all;

  private FewParticipants(Participant[] all) {
    this.all = all;
  }

  private int place(ParticipantId id) {
    for (int i = 0; i < all.length; i++) {
      ParticipantId each = all[i].id();
      // Mostly the very name it was told under.
      if (each == id || each.equals(id)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  @Nullable Participant find(ParticipantId id) {
    int place = place(id);
    return place < 0 ? null : all[place];
  }

  @Override
  Participants with(Participant participant) {
    int place = place(participant.id());
    if (place < 0 && all.length == MOST) {
      return ManyParticipants.of(all).with(participant);
    }
    Participant[] next = Arrays.copyOf(all, place < 0 ? all.length + 1 : all.length);
    next[place < 0 ? all.length : place] = participant;
    return new FewParticipants(next);
  }

  @Override
  Participants without(ParticipantId id) {
    int place = place(id);
    if (place < 0) {
      return this;
    }
    Participant[] next = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, place + 1, next, place, next.length - place);
    return new FewParticipants(next);
  }

  @Override
  Participants mapped(UnaryOperator<Participant> change) {
    Participant[] next = all.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] = change.apply(next[i]);
    }
    return new FewParticipants(next);
  }

  @Override
  int traits() {
    int traits = 0;
    for (Participant each : all) {
      traits |= Trait.bitsOf(each);
    }
    return traits;
  }

  @Override
  Iterator<Participant> iterator() {
    return Arrays.asList(all).iterator();
  }

  @Override
  public int size() {
    return all.length;
  }
}
