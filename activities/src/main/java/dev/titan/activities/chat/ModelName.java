package dev.titan.activities.chat;

/**
 * A model and who has it, written {@code provider/model}.
 *
 * @param prefix the provider as written
 * @param provider who that is
 * @param model the provider's own name of the model, which may hold further slashes
 */
record ModelName(String prefix, Provider provider, String model) {

    static ModelName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new ChatException.ModelUnknown(
                    "'%s' is not of the form provider/model, such as openai/gpt-5-mini or ollama/llama3.1. Set LLM_MODEL."
                            .formatted(text),
                    RetryAdvice.NONE,
                    null);
        }
        String prefix = text.substring(0, slash);
        return new ModelName(prefix, Provider.of(prefix), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return prefix + "/" + model;
    }
}
