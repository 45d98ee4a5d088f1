from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_texts_thrown_away")]

    operations = [migrations.RemoveField(model_name="draft", name="version")]
