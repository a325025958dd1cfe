package countinghouse.billing.api;

/** A part of billing's API: it mounts what it answers. */
interface ApiPart {
    void mount(Routes routes);
}
