package org.quicksilver.transaction;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * So many that they have to be found by their names and counted by their traits. Each has a seat,
 * numbered in the order of joining; the seats of those that left stay empty until they are half of
 * all.
 */
final class ManyParticipants extends Participants {

  private final Seats seats;

  private final Names names;

  private final int[] counts;
  private final int size;

  private ManyParticipants(Seats seats, Names names, int[] counts, int size) {
    this.seats = seats;
    this.names = names;
    this.counts = counts;
    this.size = size;
  }

  static Participants of(Participant... all) {
    Participants many = new ManyParticipants(Seats.NONE, Names.NONE, new int[Trait.COUNT], 0);
    for (Participant each : all) {
      many = many.with(each);
    }
    return many;
  }

  private Participant at(int seat) {
    return Objects.requireNonNull(seats.at(seat));
  }

  @Override
  @Nullable Participant find(ParticipantId id) {
    int seat = names.seatOf(id);
    return seat < 0 ? null : at(seat);
  }

  @Override
  Participants with(Participant participant) {
    int seat = names.seatOf(participant.id());
    if (seat >= 0) {
      int[] recounted = recounted(Trait.bitsOf(at(seat)), Trait.bitsOf(participant));
      return new ManyParticipants(seats.with(seat, participant), names, recounted, size);
    }
    return new ManyParticipants(
        seats.plus(participant),
        names.with(participant.id(), seats.count()),
        recounted(0, Trait.bitsOf(participant)),
        size + 1);
  }

  private int[] recounted(int before, int after) {
    int[] next = counts.clone();
    for (int bits = before ^ after; bits != 0; bits &= bits - 1) {
      int trait = Integer.numberOfTrailingZeros(bits);
      next[trait] += (after >>> trait & 1) == 1 ? 1 : -1;
    }
    return next;
  }

  @Override
  Participants without(ParticipantId id) {
    int seat = names.seatOf(id);
    if (seat < 0) {
      return this;
    }
    ManyParticipants left =
        new ManyParticipants(
            seats.with(seat, null),
            names.without(id),
            recounted(Trait.bitsOf(at(seat)), 0),
            size - 1);
    return seats.count() > 2 * left.size ? left.movedUp() : left;
  }

  private Participants movedUp() {
    Participants next = FewParticipants.NONE;
    for (Iterator<Participant> each = iterator(); each.hasNext(); ) {
      next = next.with(each.next());
    }
    return next;
  }

  @Override
  Participants mapped(UnaryOperator<Participant> change) {
    int[] recounted = new int[Trait.COUNT];
    Seats changed =
        seats.mapped(
            before -> {
              Participant after = change.apply(before);
              count(recounted, Trait.bitsOf(after));
              return after;
            });
    return new ManyParticipants(changed, names, recounted, size);
  }

  private static void count(int[] counts, int traits) {
    for (int bits = traits; bits != 0; bits &= bits - 1) {
      counts[Integer.numberOfTrailingZeros(bits)]++;
    }
  }

  @Override
  int traits() {
    int traits = 0;
    for (int i = 0; i < counts.length; i++) {
      traits |= counts[i] > 0 ? 1 << i : 0;
    }
    return traits;
  }

  @Override
  Iterator<Participant> iterator() {
    return new Iterator<>() {
      private int seat = -1;
      private @Nullable Participant following = advance();

      private @Nullable Participant advance() {
        Participant found = null;
        while (found == null && ++seat < seats.count()) {
          found = seats.at(seat);
        }
        return found;
      }

      @Override
      public boolean hasNext() {
        return following != null;
      }

      @Override
      public Participant next() {
        Participant next = following;
        if (next == null) {
          throw new NoSuchElementException();
        }
        following = advance();
        return next;
      }
    };
  }

  @Override
  public int size() {
    return size;
  }
}
