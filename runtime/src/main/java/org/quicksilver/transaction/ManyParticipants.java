package org.quicksilver.transaction;

import java.util.Arrays;
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

  private final IntTrie<Participant> seats;

  /** By hash of the name, the seats of those whose names have it. */
  private final IntTrie<int[]> seatsByName;

  private final int[] counts;
  private final int nextSeat;
  private final int size;

  private ManyParticipants(
      IntTrie<Participant> seats,
      IntTrie<int[]> seatsByName,
      int[] counts,
      int nextSeat,
      int size) {
    this.seats = seats;
    this.seatsByName = seatsByName;
    this.counts = counts;
    this.nextSeat = nextSeat;
    this.size = size;
  }

  static Participants of(Participant... all) {
    Participants many =
        new ManyParticipants(IntTrie.empty(), IntTrie.empty(), new int[Trait.COUNT], 0, 0);
    for (Participant each : all) {
      many = many.with(each);
    }
    return many;
  }

  private int seat(ParticipantId id) {
    int[] candidates = seatsByName.find(id.hashCode());
    if (candidates != null) {
      for (int seat : candidates) {
        if (at(seat).id().equals(id)) {
          return seat;
        }
      }
    }
    return -1;
  }

  private Participant at(int seat) {
    return Objects.requireNonNull(seats.find(seat));
  }

  @Override
  @Nullable Participant find(ParticipantId id) {
    int seat = seat(id);
    return seat < 0 ? null : at(seat);
  }

  @Override
  Participants with(Participant participant) {
    int seat = seat(participant.id());
    if (seat >= 0) {
      int[] recounted = recounted(Trait.bitsOf(at(seat)), Trait.bitsOf(participant));
      return new ManyParticipants(
          seats.with(seat, participant), seatsByName, recounted, nextSeat, size);
    }
    return new ManyParticipants(
        seats.with(nextSeat, participant),
        named(participant.id().hashCode()),
        recounted(0, Trait.bitsOf(participant)),
        nextSeat + 1,
        size + 1);
  }

  private IntTrie<int[]> named(int hash) {
    int[] namesakes = seatsByName.find(hash);
    int[] next = namesakes == null ? new int[1] : Arrays.copyOf(namesakes, namesakes.length + 1);
    next[next.length - 1] = nextSeat;
    return seatsByName.with(hash, next);
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
    int seat = seat(id);
    if (seat < 0) {
      return this;
    }
    ManyParticipants left =
        new ManyParticipants(
            seats.without(seat),
            unnamed(id.hashCode(), seat),
            recounted(Trait.bitsOf(at(seat)), 0),
            nextSeat,
            size - 1);
    return left.nextSeat > 2 * left.size ? left.movedUp() : left;
  }

  private IntTrie<int[]> unnamed(int hash, int seat) {
    int[] namesakes = Objects.requireNonNull(seatsByName.find(hash));
    int[] left = Arrays.stream(namesakes).filter(each -> each != seat).toArray();
    return left.length == 0 ? seatsByName.without(hash) : seatsByName.with(hash, left);
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
    Participant[] changed = new Participant[nextSeat];
    int[] recounted = new int[Trait.COUNT];
    for (int seat = 0; seat < nextSeat; seat++) {
      Participant before = seats.find(seat);
      if (before != null) {
        changed[seat] = change.apply(before);
        count(recounted, Trait.bitsOf(changed[seat]));
      }
    }
    return new ManyParticipants(seats.with(changed), seatsByName, recounted, nextSeat, size);
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
        while (found == null && ++seat < nextSeat) {
          found = seats.find(seat);
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
