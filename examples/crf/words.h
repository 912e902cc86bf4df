/* Sentences with the kinds of their words: determiner, adjective, noun, verb, preposition. Several
 * words (light, train, fish, watch, ...) are now a noun, now a verb or adjective. */
#ifndef WORDS_H
#define WORDS_H

enum { SENTENCES = 16 };

static const char *const kinds = "DANVP";

static const struct {
    const char *words, *kinds;
} sentences[SENTENCES] = {
    {"the dog barks", "DNV"},
    {"a train stops at the station", "DNVPDN"},
    {"the small light flickers", "DANV"},
    {"they light a fire in the garden", "NVDNPDN"},
    {"the light bag is on the table", "DANVPDN"},
    {"we train the young dog", "NVDAN"},
    {"the men fish in the old river", "DNVPDAN"},
    {"a fish swims under the bridge", "DNVPDN"},
    {"they watch the old film", "NVDAN"},
    {"the watch stops", "DNV"},
    {"a cold wind blows over the garden", "DANVPDN"},
    {"the young train on the old bridge", "DNVPDAN"},
    {"we plant a small tree", "NVDAN"},
    {"the plant is in the cold station", "DNVPDAN"},
    {"the film is on a table under the light", "DNVPDNPDN"},
    {"they fish under the bridge at a station", "NVPDNPDN"}
};

/* One that is not among them, with words that are. */
static const char *const unseen = "the old men watch a fish under the small plant";
static const char *const unseen_kinds = "DANVDNPDAN";

#endif
