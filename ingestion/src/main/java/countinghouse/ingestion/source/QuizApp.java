package countinghouse.ingestion.source;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** S5: live quizzes; a source that the platform knows only by configuration. */
final class QuizApp implements EventSource {
    private static final String SOURCE = "urn:demo:quiz-app";
    private static final List<SourceAccount> HOSTS = Numbering.accounts("host", 10);

    @Override
    public String name() {
        return "quiz";
    }

    @Override
    public List<SourceAccount> accounts() {
        return HOSTS;
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public List<SourceEvent> lifeCycle(Draw draw, SimulatedDay day, String key) {
        String host = draw.pick(HOSTS).account();
        String quiz = "quiz-" + draw.between(1, 60);
        int players = draw.between(2, 8);
        int questions = draw.between(3, 6);
        LifeCycle life =
                new LifeCycle(SOURCE, host, key, draw.momentOf(day, Duration.ofHours(1))).with("quiz_id", quiz);
        life.emit("quiz.created", Map.of("title", "Quiz of the day"), List.of())
                .after(Duration.ofSeconds(draw.between(30, 300)));
        for (int player = 1; player <= players; player++) {
            life.emit("player.joined", Map.of("player", Map.of("id", "player-" + player)), List.of());
        }
        life.emit("quiz.started");
        for (int question = 1; question <= questions; question++) {
            for (int player = 1; player <= players; player++) {
                life.after(Duration.ofMillis(draw.between(200, 4_000)));
                if (!draw.chance(0.1)) {
                    answer(draw, life, host, quiz, question, player);
                }
            }
        }
        return life.after(Duration.ofSeconds(5)).emit("quiz.ended").events();
    }

    private static void answer(Draw draw, LifeCycle life, String host, String quiz, int question, int player) {
        boolean correct = draw.chance(0.6);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("question", Map.of("index", question));
        data.put("player", Map.of("id", "player-" + player));
        data.put("points", correct ? 10 : 0);
        data.put("correct", correct);
        data.put("choices", List.of(draw.between(1, 4)));
        life.emit(
                "quiz.answer.submitted",
                data,
                Contributions.of(host, "quiz_id", quiz).count("quiz_answers").list());
    }
}
