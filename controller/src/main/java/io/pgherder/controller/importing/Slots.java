package io.pgherder.controller.importing;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether standbys have slots.
 *
 * @param notes what apply will change about them
 */
record Slots(boolean areUsed, List<String> notes) {
    static Slots of(Family family, Names names) {
        boolean areUsed =
                family.standbys().stream().anyMatch(standby -> standby.slot().isPresent());
        if (!areUsed) {
            return new Slots(false, List.of());
        }
        List<String> notes = new ArrayList<>();
        for (Member standby : family.standbys()) {
            String name = names.of(standby).value();
            if (standby.slot().isEmpty()) {
                notes.add(
                        "guess: " + name + " streams without a slot, others with one: apply gives it one, by a reload");
            } else if (!standby.slot().get().equals(name)) {
                notes.add(name + " uses the slot \"" + standby.slot().get() + "\": apply makes one that is called "
                        + name + ", lets it use that by a reload, and leaves the other to you");
            }
        }
        return new Slots(true, notes);
    }
}
